import DeployStackModels
import Testing

@testable import DeployStackData

/// How both backends read and write the text of a setting.
struct SettingTextTests {
    @Test func everyValueIsReadAsItWasWritten() throws {
        let values: [SettingValue] = [
            "", " text ", 0, -12, true, false, .number(try JSONNumber(parsing: "12345678901234567890.5")), .number(try JSONNumber(parsing: "1e3")),
        ]
        for value in values {
            #expect(try SettingValue(stored: value.clearText, as: value.type, of: "key") == value)
        }
    }

    @Test func aBooleanHasFiveSpellingsAndTheirOpposites() {
        #expect(["true", "1", "yes", "on", "enabled", " TRUE\n", "Yes"].map(BooleanText.flag) == Array(repeating: true, count: 7))
        #expect(["false", "0", "no", "off", "disabled", "OFF "].map(BooleanText.flag) == Array(repeating: false, count: 6))
        #expect(["", "2", "y", "t", "tru e", "null"].map(BooleanText.flag) == Array(repeating: nil, count: 6))
    }

    @Test func whatIsNoNumberNamesTheSetting() {
        for text in ["", "0x10", "1,5", "inf", "nan", "1 2", "+1"] {
            #expect(throws: SettingRules.malformed("the.key", "a number"), "\(text)") { try SettingValue(stored: text, as: .number, of: "the.key") }
        }
    }

    @Test func aKeyHasTheCharactersThatTheTableAllows() {
        for key in ["a", "A.b_c-9", String(repeating: "x", count: 255)] { #expect(SettingRules.isKey(key)) }
        for key in ["", " ", "a b", "caf\u{e9}", "a/b", "a\0", String(repeating: "x", count: 256)] { #expect(!SettingRules.isKey(key)) }
    }

    @Test func teamSettingsThatAreNotStoredHaveTheirDefaults() throws {
        let settings = try TeamSettings([])

        #expect(settings.creationLimit == 3)
        #expect(settings.limits == TeamLimits())
    }

    @Test func aTeamSettingOutOfRangeNamesItself() throws {
        for text in ["-1", "2147483648", "1.5", "three"] {
            let stored = StoredSetting(
                key: "team.github_mcp_limit", name: nil, value: text, type: .string, description: nil, isEncrypted: false, groupID: nil,
                createdAt: .epoch, updatedAt: .epoch)
            #expect(throws: SettingRules.malformed("team.github_mcp_limit", "a whole number, 0 to 2147483647"), "\(text)") {
                try TeamSettings([stored])
            }
        }
    }

    @Test func aTableOfPreferencesLeavesOutWhatCannotBeOne() throws {
        let table = PreferenceTable([
            PreferenceDefinition("b", 1), PreferenceDefinition("b", "second"), PreferenceDefinition("not a key", 1),
            PreferenceDefinition("s", .secret("x")),
        ])

        #expect(table.all([]).map(\.key) == ["b"])
        #expect(table.all([StoredPreference(key: "b", value: "7")]).first?.value == 7)
        let malformed = table.all([StoredPreference(key: "b", value: "seven"), StoredPreference(key: "gone", value: "1")])
        #expect(malformed == [UserPreference(key: "b", value: 1, isDefault: true)])
    }
}
