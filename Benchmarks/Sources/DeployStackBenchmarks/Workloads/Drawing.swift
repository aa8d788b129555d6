import DeployStackModels

/// What calls draw from: the rows that are there, in an order that is the same for every peer on the same data.
struct Drawing: Sendable {
    var teams: [TeamID]
    /// At most ten thousand.
    var users: [UserID]
    /// How many rows there are of everything.
    var size: DatasetSize

    /// Nothing to draw from: for what a workload says without being called.
    static let none = Drawing(teams: [], users: [], size: DatasetSize(teams: 0, servers: 0, notifications: 0))

    func team(_ key: UInt64) -> TeamID { teams[Int(key % UInt64(teams.count))] }
}

extension Drawing {
    /// What a filled database has.
    init(of connection: RawConnection, _ size: DatasetSize) throws(BenchmarkError) {
        self.size = size
        teams = try connection.execute("SELECT \"id\" FROM \"teams\" ORDER BY \"id\"").map { TeamID($0) }
        users = try connection.execute("SELECT \"id\" FROM \"authUser\" ORDER BY \"id\" LIMIT 10000").map { UserID($0) }
    }
}
