import Foundation

/// The directory of the PostgreSQL server programs on this machine.
///
/// Distributions do not agree where these programs are, and Debian does not put them into `PATH`. A directory counts only when all of
/// ``required`` are in it: client packages bring a directory of the same name that has `psql` alone.
package struct PostgresBinaries: Sendable, Hashable {
    /// The programs without which a cluster can be neither made nor run.
    package static let required = ["initdb", "pg_ctl", "postgres"]

    /// The absolute path of the directory.
    package let directory: String
    /// Where the directory was learnt from, for messages.
    package let source: String

    /// Finds the programs: `DEPLOYSTACK_PG_BIN`, `pg_config --bindir`, the newest of Debian's and of Red Hat's directories, Homebrew,
    /// Postgres.app, `PATH`, in this order.
    ///
    /// `DEPLOYSTACK_PG_BIN` is a decision and not a hint: when it is set and incomplete, nothing else is tried.
    ///
    /// - Parameters:
    ///   - environment: The variables to read.
    ///   - root: A directory that stands in for `/` in front of the fixed places; tests put a made-up tree there.
    /// - Throws: ``ClusterError`` of kind `noBinaries` that lists every place.
    package static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        root: String = ""
    ) async throws(ClusterError) -> PostgresBinaries {
        if let chosen = environment["DEPLOYSTACK_PG_BIN"], !chosen.isEmpty {
            let missing = missingPrograms(in: chosen)
            guard missing.isEmpty else {
                throw .noBinaries(tried: ["DEPLOYSTACK_PG_BIN=\(chosen): \(missing.joined(separator: ", ")) missing"])
            }
            return PostgresBinaries(directory: chosen, source: "DEPLOYSTACK_PG_BIN")
        }

        var tried: [String] = []
        let configured = await configuredDirectory(environment: environment)
        let places = [Place(source: "pg_config --bindir", directories: configured, hint: "pg_config is not in PATH")]
        for place in places + fixedPlaces(environment: environment, root: root) {
            for directory in place.directories {
                let missing = missingPrograms(in: directory)
                if missing.isEmpty { return PostgresBinaries(directory: directory, source: place.source) }
                tried.append("\(place.source): \(directory): \(missing.joined(separator: ", ")) missing")
            }
            if place.directories.isEmpty { tried.append("\(place.source): \(place.hint)") }
        }
        throw .noBinaries(tried: tried)
    }

    /// The path of a program in this directory, whether it exists or not.
    package func path(of program: String) -> String { "\(directory)/\(program)" }

    /// Whether a program that is not ``required``, such as `psql`, is in this directory.
    package func has(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: path(of: program)) }

    private static func missingPrograms(in directory: String) -> [String] {
        required.filter { !FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)") }
    }

    private static func configuredDirectory(environment: [String: String]) async -> [String] {
        for folder in searchPath(environment) where FileManager.default.isExecutableFile(atPath: "\(folder)/pg_config") {
            let answer = try? await Program("\(folder)/pg_config", ["--bindir"]).run()
            if let answer, answer.succeeded { return [answer.output.trimmingCharacters(in: .whitespacesAndNewlines)] }
        }
        return []
    }
}

extension PostgresBinaries {
    /// One kind of place, with the directories that exist there, best first.
    private struct Place {
        let source: String
        let directories: [String]
        let hint: String
    }

    private static func fixedPlaces(environment: [String: String], root: String) -> [Place] {
        let brews = [environment["HOMEBREW_PREFIX"], "\(root)/opt/homebrew", "\(root)/usr/local", "\(root)/home/linuxbrew/.linuxbrew"]
        let kegs = brews.compactMap(\.self).filter { !$0.isEmpty }.flatMap { prefix in
            newest(in: "\(prefix)/opt", named: "postgresql").map { "\(prefix)/opt/\($0)/bin" }
        }
        let debian = newest(in: "\(root)/usr/lib/postgresql").map { "\(root)/usr/lib/postgresql/\($0)/bin" }
        let redHat = newest(in: "\(root)/usr", named: "pgsql-").map { "\(root)/usr/\($0)/bin" }
        let app = "\(root)/Applications/Postgres.app/Contents/Versions"
        let path = searchPath(environment).filter { folder in
            required.contains { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
        }
        return [
            Place(source: "Debian packages", directories: debian, hint: "/usr/lib/postgresql/*/bin does not exist"),
            Place(source: "PGDG packages", directories: redHat, hint: "/usr/pgsql-*/bin does not exist"),
            Place(source: "Homebrew", directories: kegs, hint: "no postgresql keg"),
            Place(source: "Postgres.app", directories: newest(in: app).map { "\(app)/\($0)/bin" }, hint: "not installed"),
            Place(source: "PATH", directories: path, hint: "none of \(required.joined(separator: ", ")) is in it"),
        ]
    }

    private static func searchPath(_ environment: [String: String]) -> [String] {
        (environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// The entries of a directory that begin with a name, the highest version first: `17` before `9.6`, and `postgresql@17` before `postgresql`.
    private static func newest(in directory: String, named prefix: String = "") -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return entries.filter { $0.hasPrefix(prefix) }
            .map { (name: $0, version: $0.split { !$0.isNumber }.compactMap { Int($0) }) }
            .sorted { left, right in
                if left.version == right.version { return left.name < right.name }
                return right.version.lexicographicallyPrecedes(left.version)
            }
            .map(\.name)
    }
}
