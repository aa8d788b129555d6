import Testing

@testable import EphemeralPostgres

struct ClusterSettingsTests {
    @Test func theServerListensOnItsSocketOnly() {
        let text = ClusterSettings().fileText(socketDirectory: "/tmp/dsd-1/x/s")

        #expect(text.contains("listen_addresses = ''\n"))
        #expect(text.contains("unix_socket_directories = '/tmp/dsd-1/x/s'\n"))
    }

    @Test func aChangeReplacesTheDefaultAndKeepsTheRest() {
        let text = ClusterSettings(["max_connections": "25", "work_mem": "1MB"]).fileText(socketDirectory: "")

        #expect(text.contains("max_connections = '25'\n"))
        #expect(!text.contains("'300'"))
        #expect(text.contains("work_mem = '1MB'\n"))
        #expect(text.contains("fsync = 'off'\n"))
    }

    @Test func thePortIsThatOfTheSettings() {
        #expect(ClusterSettings().port == 5432)
        #expect(ClusterSettings(["port": "20001"]).port == 20001)
    }

    @Test func aQuoteInAValueIsDoubled() {
        #expect(ClusterSettings(["application_name": "it's"]).fileText(socketDirectory: "").contains("application_name = 'it''s'\n"))
    }

    @Test func equalSettingsAreEqualTextAndDifferentOnesAreNot() {
        let one = fingerprint(of: [ClusterSettings(["a": "1", "b": "2"]).fileText(socketDirectory: "")])
        let same = fingerprint(of: [ClusterSettings(["b": "2", "a": "1"]).fileText(socketDirectory: "")])
        let other = fingerprint(of: [ClusterSettings(["a": "1", "b": "3"]).fileText(socketDirectory: "")])

        #expect(one == same)
        #expect(one != other)
        #expect(one.count == 10)
    }

    @Test(arguments: [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15, "15.18"), ("postgres (PostgreSQL) 18beta1", 18, "18beta1"),
        ("postgres (PostgreSQL) 9.6.24", 9, "9.6.24"),
    ])
    func theVersionIsReadFromTheServersOwnLine(_ line: String, _ major: Int, _ text: String) {
        let version = ServerVersion(versionLine: line)

        #expect(version?.major == major)
        #expect(version?.description == text)
    }

    @Test func aLineWithoutANumberIsNoVersion() {
        #expect(ServerVersion(versionLine: "postgres: command not found") == nil)
    }
}
