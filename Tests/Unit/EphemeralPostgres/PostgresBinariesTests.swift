import EphemeralPostgres
import Foundation
import Testing

struct PostgresBinariesTests {
    @Test func theChosenDirectoryGoesBeforeAllOthers() async throws {
        let tree = try FakeTree()
        try tree.addServer("usr/lib/postgresql/17/bin")
        try tree.addServer("my/own")

        let found = try await PostgresBinaries.find(environment: ["DEPLOYSTACK_PG_BIN": tree.path("my/own")], root: tree.root)

        #expect(found.directory == tree.path("my/own"))
        #expect(found.source == "DEPLOYSTACK_PG_BIN")
    }

    @Test func aChosenDirectoryThatIsIncompleteIsAnErrorEvenIfOthersWouldDo() async throws {
        let tree = try FakeTree()
        try tree.addServer("usr/lib/postgresql/17/bin")
        try tree.addProgram("my/own/initdb")

        let error = await #expect(throws: ClusterError.self) {
            try await PostgresBinaries.find(environment: ["DEPLOYSTACK_PG_BIN": tree.path("my/own")], root: tree.root)
        }

        #expect(error?.kind == .noBinaries)
        #expect(error?.description.contains("pg_ctl, postgres missing") == true)
    }

    @Test func pgConfigGoesBeforeThePackagesDirectories() async throws {
        let tree = try FakeTree()
        try tree.addServer("usr/lib/postgresql/17/bin")
        try tree.addServer("built/bin")
        try tree.addProgram("tools/pg_config", text: "#!/bin/sh\necho '\(tree.path("built/bin"))'\n")

        let found = try await PostgresBinaries.find(environment: ["PATH": tree.path("tools")], root: tree.root)

        #expect(found.directory == tree.path("built/bin"))
    }

    @Test func aDirectoryOfClientProgramsDoesNotCount() async throws {
        let tree = try FakeTree()
        try tree.addServer("usr/lib/postgresql/15/bin")
        try tree.addProgram("clients/psql")
        try tree.addProgram("tools/pg_config", text: "#!/bin/sh\necho '\(tree.path("clients"))'\n")

        let found = try await PostgresBinaries.find(environment: ["PATH": tree.path("tools")], root: tree.root)

        #expect(found.directory == tree.path("usr/lib/postgresql/15/bin"))
    }

    @Test func theNewestVersionIsTakenByNumberAndNotByText() async throws {
        let tree = try FakeTree()
        for version in ["9.6", "15", "17", "16"] { try tree.addServer("usr/lib/postgresql/\(version)/bin") }
        try tree.addProgram("usr/lib/postgresql/18/bin/psql")

        let found = try await PostgresBinaries.find(environment: [:], root: tree.root)

        #expect(found.directory == tree.path("usr/lib/postgresql/17/bin"))
    }

    @Test(arguments: [
        ["opt/homebrew/opt/postgresql@16/bin", "opt/homebrew/opt/postgresql@14/bin", "Applications/Postgres.app/Contents/Versions/17/bin"],
        ["usr/local/opt/postgresql@15/bin", "Applications/Postgres.app/Contents/Versions/17/bin", "on/path"],
        ["Applications/Postgres.app/Contents/Versions/17/bin", "Applications/Postgres.app/Contents/Versions/9.6/bin", "on/path"],
        ["usr/pgsql-16/bin", "usr/pgsql-15/bin", "opt/homebrew/opt/postgresql@17/bin"],
        ["on/path"],
    ])
    func theFirstOfThesePlacesWins(_ places: [String]) async throws {
        let tree = try FakeTree()
        for place in places { try tree.addServer(place) }

        let found = try await PostgresBinaries.find(environment: ["PATH": "relative:" + tree.path("on/path")], root: tree.root)

        #expect(found.directory == tree.path(places[0]))
    }

    @Test func withoutAServerTheErrorListsThePlacesAndSaysWhatToInstall() async throws {
        let tree = try FakeTree()

        let error = await #expect(throws: ClusterError.self) { try await PostgresBinaries.find(environment: [:], root: tree.root) }

        let text = try #require(error?.description)
        for words in ["pg_config", "/usr/lib/postgresql", "Homebrew", "Postgres.app", "PATH", "DEPLOYSTACK_PG_BIN", " install "] {
            #expect(text.contains(words))
        }
    }
}

/// A directory that stands in for the root of a file system, and goes with the test.
private final class FakeTree {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "/fake-tree-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func path(_ relative: String) -> String { "\(root)/\(relative)" }

    func addServer(_ directory: String) throws {
        for program in PostgresBinaries.required { try addProgram("\(directory)/\(program)") }
    }

    func addProgram(_ relative: String, text: String = "") throws {
        let file = path(relative)
        try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
}
