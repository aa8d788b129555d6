import Foundation

/// The name of a test database: `test_`, the milliseconds since 1970 when it was made, a number, and a text that keeps processes apart.
struct TestDatabaseName: Sendable, Hashable {
    /// How every name of a test database begins. A database of any other name is never dropped.
    static let prefix = "test_"

    /// The name.
    let text: String
    /// When the database was made, in milliseconds since 1970.
    let milliseconds: Int64

    /// Makes a name that no other process and no other call makes.
    ///
    /// - Parameters:
    ///   - number: The number of the database within the process.
    ///   - date: The present time.
    init(number: Int, at date: Date = Date()) {
        milliseconds = Int64(date.timeIntervalSince1970 * 1_000)
        let process = String(ProcessInfo.processInfo.processIdentifier, radix: 36)
        let random = String(UInt32.random(in: .min ... .max), radix: 36)
        text = "\(Self.prefix)\(milliseconds)_\(number)_\(process)\(random)"
    }

    /// Reads a name.
    ///
    /// - Returns: `nil` when it is not the name of a test database with a time in it.
    init?(parsing text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.hasPrefix(Self.prefix), parts.count == 4, let milliseconds = Int64(parts[1]), milliseconds > 0 else { return nil }
        self.text = text
        self.milliseconds = milliseconds
    }

    /// Whether the database was made longer ago than an age.
    func isOlder(than age: Duration, at date: Date = Date()) -> Bool {
        Duration.milliseconds(Int64(date.timeIntervalSince1970 * 1_000) - milliseconds) > age
    }
}
