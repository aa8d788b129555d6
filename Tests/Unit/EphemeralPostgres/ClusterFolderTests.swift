import Testing

@testable import EphemeralPostgres

struct ClusterFolderTests {
    @Test(arguments: ["/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/", "/tmp", "/home/somebody/tmp"])
    func theTemporaryFolderIsUsedWhenTheSocketFits(_ temporary: String) {
        let parent = ClusterFolder.parent(environment: ["TMPDIR": temporary], account: 501)

        #expect(parent.hasPrefix(temporary))
        #expect(parent.hasSuffix("/dsd-501"))
        #expect(!parent.contains("//"))
    }

    @Test(arguments: [
        "/" + String(repeating: "long/", count: 20), "relative/path", "/with a space", "/with'quote", "/ünïcode", "/tab\tin", "",
    ])
    func anUnfitTemporaryFolderIsReplacedByASafeOne(_ temporary: String) {
        #expect(ClusterFolder.parent(environment: ["TMPDIR": temporary], account: 501) == "/tmp/dsd-501")
    }

    @Test func withoutAVariableTheFolderIsInTmp() {
        #expect(ClusterFolder.parent(environment: [:], account: 7) == "/tmp/dsd-7")
    }

    @Test func rootDoesNotUseAFolderThatTheServersAccountCannotEnter() {
        #expect(ClusterFolder.parent(environment: ["TMPDIR": "/does/not/exist"], account: 0) == "/tmp/dsd-0")
    }

    @Test func theSocketPathFitsIntoTheSmallestAddress() {
        let temporary = "/" + String(repeating: "t", count: 200)

        for length in 1...200 {
            let parent = ClusterFolder.parent(environment: ["TMPDIR": String(temporary.prefix(length))], account: UInt32.max)
            let folder = ClusterFolder(parent: parent, name: "18-" + fingerprint(of: ["any"]))

            #expect("\(folder.socketDirectory)/.s.PGSQL.5432".utf8.count <= ClusterFolder.longestSocketPath)
        }
    }
}
