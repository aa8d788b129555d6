import Foundation

/// The files of one cluster.
///
/// ```
/// /tmp/dsd-501/               everything of one account
///     15-0f3a96b2c1.lock      held while the cluster is started or stopped
///     15-0f3a96b2c1/
///         control             the script that watches and stops the cluster
///         lease               locked by every process that uses the cluster
///         watchdog            locked by the watchdog
///         postgresql.conf
///         data/               the server's, with its log in server.log
///         s/                  the server's, with its socket
/// ```
///
/// What root reads and writes lies outside of the two directories that belong to the server's account.
struct ClusterFolder: Sendable, Hashable {
    /// The folder of everything that this account has.
    let parent: String
    /// The name of the cluster in it.
    let name: String

    var home: String { "\(parent)/\(name)" }
    var lock: String { "\(parent)/\(name).lock" }
    var control: String { "\(home)/control" }
    var lease: String { "\(home)/lease" }
    var watchdog: String { "\(home)/watchdog" }
    /// While this file exists, the watchdog stops the cluster as soon as nobody uses it.
    var stopWhenFree: String { "\(home)/stop-when-free" }
    var configuration: String { "\(home)/postgresql.conf" }
    var data: String { "\(home)/data" }
    var log: String { "\(data)/server.log" }
    var socketDirectory: String { "\(home)/s" }

    /// The longest path of a socket that every supported system takes: 104 bytes on macOS, with the closing zero.
    static let longestSocketPath = 103

    /// The folder for clusters of this account, `dsd-<account>` in the temporary folder.
    ///
    /// `TMPDIR` is used when the socket's path stays short enough in it, when it has only plain characters, and, for root, when the
    /// server's account can get there; else it is `/tmp`.
    ///
    /// - Parameters:
    ///   - environment: The variables to read.
    ///   - account: The number of the caller's account.
    static func parent(environment: [String: String], account: UInt32) -> String {
        let temporary = environment["TMPDIR"].map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? ""
        let plain = temporary.utf8.allSatisfy { byte in
            byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "/._-+".utf8.contains(byte)
        }
        let sample = ClusterFolder(parent: "\(temporary)/dsd-\(account)", name: "99-0123456789")
        let short = "\(sample.socketDirectory)/.s.PGSQL.5432".utf8.count <= longestSocketPath
        let usable = temporary.hasPrefix("/") && plain && short && (account != 0 || isOpenToAll(temporary))
        return "\(usable ? temporary : "/tmp")/dsd-\(account)"
    }

    /// Whether every account can pass through a directory and all above it.
    private static func isOpenToAll(_ path: String) -> Bool {
        var path = path
        while path.count > 1 {
            guard permissions(of: path) & 0o001 != 0 else { return false }
            path = (path as NSString).deletingLastPathComponent
        }
        return true
    }

    private static func permissions(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    /// Makes the parent folder if it is not there, and refuses one that another account made or could write to.
    func prepareParent() throws(ClusterError) {
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
        } catch let error as CocoaError where error.code == .fileWriteFileExists {
            // It is usually there. Whose it is, is looked at below.
        } catch {
            throw ClusterError(
                .unusableFolder, "\(parent) cannot be made: \(error.localizedDescription). Next: set TMPDIR to a folder with free space.")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: parent)
        let owner = (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value
        let isDirectory = attributes?[.type] as? FileAttributeType == .typeDirectory
        guard isDirectory, owner == ServerAccount.caller, Self.permissions(of: parent) & 0o022 == 0 else {
            throw ClusterError(.unusableFolder, "\(parent) does not belong to this account alone. Next: look who made it, and remove it.")
        }
    }

    /// Makes the cluster's own folder, empty, if it is not there.
    func prepareHome() throws(ClusterError) {
        try attempt("\(home) cannot be made") {
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
            // The umask may have taken away what the server's account needs to get to its two directories.
            try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: home)
            try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: parent)
        }
    }

    /// Makes the two directories of the server, which nobody else may enter.
    func prepareServerDirectories(for account: ServerAccount?) throws(ClusterError) {
        try attempt("The server's directories in \(home) cannot be made") {
            for directory in [data, socketDirectory] {
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
                guard let account else { continue }
                let owner: [FileAttributeKey: Any] = [
                    .ownerAccountID: NSNumber(value: account.userID), .groupOwnerAccountID: NSNumber(value: account.groupID),
                ]
                try FileManager.default.setAttributes(owner, ofItemAtPath: directory)
            }
        }
    }

    /// Writes a file that everybody may read. It appears with its whole text or not at all.
    func write(_ text: String, to path: String) throws(ClusterError) {
        try attempt("\(path) cannot be written") {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        }
    }

    private func attempt(_ what: String, _ body: () throws -> Void) throws(ClusterError) {
        do { try body() } catch {
            throw ClusterError(.unusableFolder, "\(what): \(error.localizedDescription). Next: check free space and permissions of \(parent).")
        }
    }
}
