import Foundation

/// Whether this machine has the programs of a PostgreSQL server.
///
/// The arguments of a parameterised test are listed before any asynchronous work can be done, so this only looks at the usual places and runs
/// nothing. Which programs are used in the end is decided when a server is started.
struct ServerPrograms: Sendable {
    /// The programs without which no server can be started.
    static let required = ["initdb", "pg_ctl", "postgres"]

    private let environment: [String: String]
    private let root: String

    /// Looks at a machine.
    ///
    /// - Parameters:
    ///   - environment: The variables that choose places: `DEPLOYSTACK_PG_BIN`, `HOMEBREW_PREFIX`, `PATH`.
    ///   - root: A directory that stands in for `/`; tests put a made-up tree there.
    init(environment: [String: String] = ProcessInfo.processInfo.environment, root: String = "") {
        self.environment = environment
        self.root = root
    }

    /// Whether one of the places has all programs. `DEPLOYSTACK_PG_BIN` is a decision: when it is set, no other place counts.
    var exist: Bool {
        if let chosen = environment["DEPLOYSTACK_PG_BIN"], !chosen.isEmpty { return Self.areIn(chosen) }
        return places.contains(where: Self.areIn)
    }

    private var places: [String] {
        let brews = [environment["HOMEBREW_PREFIX"] ?? "", "\(root)/opt/homebrew", "\(root)/usr/local", "\(root)/home/linuxbrew/.linuxbrew"]
        let parents = ["\(root)/usr/lib/postgresql", "\(root)/usr", "\(root)/Applications/Postgres.app/Contents/Versions"]
        let search = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return search + (parents + brews.filter { !$0.isEmpty }.map { "\($0)/opt" }).flatMap(Self.children)
    }

    private static func children(of directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.map { "\(directory)/\($0)/bin" }
    }

    private static func areIn(_ directory: String) -> Bool {
        required.allSatisfy { FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)") }
    }
}
