#if os(Linux)
    import Foundation

    /// A place in which names mean something else: programs that run in it see other files of the system's resolver. The system itself is not changed.
    struct NamedPlace {
        /// The command line program that was built beside the tests.
        static let program: String? = {
            let places = CommandLine.arguments.filter { $0.contains("PackageTests.xctest") }.map {
                URL(fileURLWithPath: $0).deletingLastPathComponent()
            }
            return places.flatMap { [$0, $0.deletingLastPathComponent()] }.map { $0.appending(path: "deploystack-db").path }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
        }()

        private let folder: URL

        /// Writes the files.
        init(hosts: String, resolver: String) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UInt32.random(in: .min ... .max))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(hosts.utf8).write(to: folder.appending(path: "hosts"))
            try Data(resolver.utf8).write(to: folder.appending(path: "resolv.conf"))
            try Data("hosts: files dns\n".utf8).write(to: folder.appending(path: "nsswitch.conf"))
        }

        func remove() {
            try? FileManager.default.removeItem(at: folder)
        }

        /// Asks a database for its migrations, by a name, and says how long that took.
        func status(of host: String, port: Int) async throws -> (succeeded: Bool, time: Duration) {
            let script = """
                for file in hosts resolv.conf nsswitch.conf; do mount --bind "$1/$file" "/etc/$file" || exit 99; done
                exec "$2" status --url "postgres://postgres:none@$3:$4/postgres?sslmode=disable"
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
            process.arguments = ["--mount", "/bin/sh", "-c", script, "sh", folder.path, Self.program ?? "", host, "\(port)"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            let start = ContinuousClock.now
            let code: Int32 = try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
            guard code != 99 else { throw CocoaError(.featureUnsupported) }
            return (code == 0, ContinuousClock.now - start)
        }
    }
#endif
