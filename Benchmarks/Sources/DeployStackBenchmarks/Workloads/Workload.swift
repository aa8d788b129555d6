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
    /// What the plain loop makes of an answer, and what it leaves out.
    static var decoding: String { get }

    /// The teams that it draws from.
    var teams: [TeamID] { get set }

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
    func team(_ key: UInt64) -> TeamID { teams[Int(key % UInt64(teams.count))] }

    /// The same work on other teams.
    func on(_ teams: [TeamID]) -> Self {
        var copy = self
        copy.teams = teams
        return copy
    }
}

/// All workloads, in the order of the report.
enum Workloads {
    static let all: [any Workload] = [TeamByID(teams: []), InstallationViews(teams: []), TeamRename(teams: [])]

    static func title(_ code: String) -> (title: String, decoding: String)? {
        all.map { type(of: $0) }.first { $0.code == code }.map { ($0.title, $0.decoding) }
    }
}

/// Takes a value that nobody needs, so that making it cannot be left out.
@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }
