/// How many installations a team has, beside what it may have.
public struct TeamUsage: Sendable, Hashable {
    /// All installations.
    public var total: Int
    /// Those that run as a process on a satellite and were not deployed from GitHub; the limit is ``TeamLimits/nonHttp``.
    public var nonHttp: Int
    /// Those that are reached as a remote endpoint.
    public var http: Int
    /// Those that were deployed from GitHub; the limit is ``TeamLimits/github``.
    public var github: Int
    /// What the team may have.
    public var limits: TeamLimits

    /// Creates a usage value.
    public init(total: Int, nonHttp: Int, http: Int, github: Int, limits: TeamLimits) {
        self.total = total
        self.nonHttp = nonHttp
        self.http = http
        self.github = github
        self.limits = limits
    }
}
