import DeployStackData
import DeployStackModels

/// Something that is done over and over: through the library's public interface, and as a plain statement.
///
/// Both do the same and make the same Swift values of the answer; ``check(_:_:_:)`` holds them against each other before anything is measured.
protocol Workload: Sendable {
    /// The short name, such as `W1`.
    static var code: String { get }
    /// What it does, in a few words.
    static var title: String { get }
    /// The same in two or three words, for a chart.
    static var shortTitle: String { get }
    /// What the plain loop makes of an answer, and what it leaves out.
    static var decoding: String { get }
    /// How many rows one call reads or writes.
    static func rows(_ size: DatasetSize) -> Int
    /// Whether rows a second say more than calls a second, because a call has thousands.
    static var isBulk: Bool { get }
    /// Whether the statement only reads, so that several may share one Sync: a Sync ends a transaction.
    static var isRead: Bool { get }
    /// Brings the tables to the state that this workload begins with, once before its rounds. Each text is sent alone.
    static func preparation(_ size: DatasetSize) -> [String]
    /// Removes what a turn has left, so that the next peer finds the tables alike. Nobody is measured meanwhile.
    static var tidying: String? { get }

    /// The workload on some rows.
    init(_ drawing: Drawing)

    /// One call through the public interface. The key is a random number that says which rows.
    func call(_ store: DataStore, _ key: UInt64) async throws

    /// The same as a plain statement.
    var statement: RawStatement { get }
    /// Writes the statement's parameters for a key.
    func write(_ key: UInt64, to parameters: inout RawParameters)
    /// Makes Swift values of the statement's answer.
    func read(_ result: borrowing RawResult) throws(BenchmarkError)

    /// Fails unless the library and the plain statement, which is prepared on the connection, agree for a key.
    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws
}

extension Workload {
    static var isBulk: Bool { false }
    static var isRead: Bool { true }
    static func preparation(_ size: DatasetSize) -> [String] { [] }
    static var tidying: String? { nil }

    /// The answer of the plain statement for a key.
    func plainAnswer(_ connection: RawConnection, _ key: UInt64) throws(BenchmarkError) -> RawResult {
        var parameters = RawParameters()
        write(key, to: &parameters)
        return try connection.run(statement.name, parameters)
    }
}

/// All workloads, in the order of the report.
enum Workloads {
    static let all: [any Workload.Type] = [
        TeamByID.self, ServersByTag.self, InstallationViews.self, ServerSearch.self, TeamRename.self, NotificationsForMany.self,
        AllNotifications.self,
    ]

    /// The workload with a code such as `W1`.
    static func named(_ code: String) throws(BenchmarkError) -> any Workload.Type {
        guard let type = all.first(where: { $0.code == code }) else { throw BenchmarkError("There is no workload \(code).") }
        return type
    }
}

/// Takes a value that nobody needs, so that making it cannot be left out.
@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }
