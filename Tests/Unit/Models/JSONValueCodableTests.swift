import DeployStackModels
import Foundation
import Testing

@Suite struct JSONValueCodableTests {
    @Test(arguments: [
        #"{"a":[1,-2.5,true,null,"x",{}],"b":[]}"#, "[]", "{}", #"[18446744073709551615,-9223372036854775808,0.1,1e+300]"#,
        "[123456789012345678901234567890.12345678]", #"["\u00e9😀\n"]"#,
    ])
    func jsonGoesThroughFoundationAndBack(_ text: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let encoded = try JSONEncoder().encode(value)

        #expect(value == (try JSONValue(parsing: text)))
        #expect(try JSONValue(parsing: Array(encoded)) == value)
    }

    @Test func aValueStandsInAnotherCodableType() throws {
        struct Settings: Codable, Equatable {
            var name: String
            var extra: JSONValue
            var missing: JSONValue?
        }

        let settings = try JSONDecoder().decode(Settings.self, from: Data(#"{"name":"n","extra":{"a":null}}"#.utf8))

        #expect(settings == Settings(name: "n", extra: ["a": .null]))
        #expect(try JSONDecoder().decode(Settings.self, from: JSONEncoder().encode(settings)) == settings)
    }

    @Test func numbersThatAnEncoderWouldRoundAreRefused() throws {
        let value = JSONValue.number(try JSONNumber(parsing: "0.12345678901234567890123456789012345678901234567890"))

        #expect(throws: EncodingError.self) { try JSONEncoder().encode([value]) }
    }
}
