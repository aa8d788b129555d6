/// An installation as a team's list shows it: slim, with what it runs and how that goes for whoever looks.
public struct McpInstallationListItem: Sendable, Hashable, Identifiable {
    /// What a list shows of a server.
    public struct Server: Sendable, Hashable, Identifiable {
        /// The server's identifier.
        public var id: McpServerID
        /// The server's name.
        public var name: String
        /// The server's slug.
        public var slug: String
        /// What it does, or `nil`.
        public var description: String?
        /// Where its icon is, or `nil`.
        public var iconURL: String?
        /// Its category, or `nil`.
        public var categoryID: CategoryID?
        /// What runs it.
        public var runtime: String
        /// How it is reached.
        public var transport: McpTransport
        /// Where the entry comes from.
        public var source: McpServerSource
        /// Where its source code is, or `nil`.
        public var repositoryURL: String?
        /// The branch, or `nil`.
        public var gitBranch: String?
        /// The commit, or `nil`.
        public var gitCommitSHA: String?

        /// Creates a value.
        public init(
            id: McpServerID, name: String, slug: String, description: String?, iconURL: String?, categoryID: CategoryID?, runtime: String,
            transport: McpTransport, source: McpServerSource, repositoryURL: String?, gitBranch: String?, gitCommitSHA: String?
        ) {
            self.id = id
            self.name = name
            self.slug = slug
            self.description = description
            self.iconURL = iconURL
            self.categoryID = categoryID
            self.runtime = runtime
            self.transport = transport
            self.source = source
            self.repositoryURL = repositoryURL
            self.gitBranch = gitBranch
            self.gitCommitSHA = gitCommitSHA
        }
    }

    /// What an instance is doing, without anything else about it.
    public struct InstanceState: Sendable, Hashable, Identifiable {
        /// The instance's identifier.
        public var id: McpInstanceID
        /// What the instance is doing.
        public var status: McpInstanceStatus
        /// What the satellite said about the status, or `nil`.
        public var statusMessage: String?
        /// When the status was set.
        public var statusUpdatedAt: Timestamp

        /// Creates a value.
        public init(id: McpInstanceID, status: McpInstanceStatus, statusMessage: String?, statusUpdatedAt: Timestamp) {
            self.id = id
            self.status = status
            self.statusMessage = statusMessage
            self.statusUpdatedAt = statusUpdatedAt
        }
    }

    /// The installation's identifier.
    public var id: McpInstallationID
    /// The team.
    public var teamID: TeamID
    /// The installation's name.
    public var name: String
    /// Which satellites run it.
    public var type: McpInstallationType
    /// Who installed it, or `nil` when the user is gone.
    public var createdBy: UserID?
    /// When it was installed.
    public var createdAt: Timestamp
    /// When it was last used, or `nil` when it never was.
    public var lastUsedAt: Timestamp?
    /// What is installed.
    public var server: Server
    /// What the viewer's own instance is doing, or `nil` when the viewer has none.
    public var instance: InstanceState?
    /// How all members' instances are doing, or `nil` when that was not asked for.
    public var counts: McpInstanceCounts?

    /// Creates an item.
    public init(
        id: McpInstallationID, teamID: TeamID, name: String, type: McpInstallationType, createdBy: UserID?, createdAt: Timestamp,
        lastUsedAt: Timestamp?, server: Server, instance: InstanceState?, counts: McpInstanceCounts?
    ) {
        self.id = id
        self.teamID = teamID
        self.name = name
        self.type = type
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.server = server
        self.instance = instance
        self.counts = counts
    }
}

/// How many instances of an installation there are in each group of ``McpInstanceStatus/Group``.
public struct McpInstanceCounts: Sendable, Hashable {
    /// Those that can be used.
    public var online: Int
    /// Those that do not run.
    public var offline: Int
    /// Those for which somebody must do something.
    public var error: Int
    /// All others.
    public var provisioning: Int

    /// How many there are.
    public var total: Int { online + offline + error + provisioning }

    /// Creates counts; by default there is nothing.
    public init(online: Int = 0, offline: Int = 0, error: Int = 0, provisioning: Int = 0) {
        self.online = online
        self.offline = offline
        self.error = error
        self.provisioning = provisioning
    }
}

/// An installation in a few words, for those who must be told that its server goes away.
public struct McpInstallationReference: Sendable, Hashable, Identifiable {
    /// The installation's identifier.
    public var id: McpInstallationID
    /// The team.
    public var teamID: TeamID
    /// The installation's name.
    public var name: String
    /// Who installed it, or `nil` when the user is gone.
    public var createdBy: UserID?

    /// Creates a reference.
    public init(id: McpInstallationID, teamID: TeamID, name: String, createdBy: UserID?) {
        self.id = id
        self.teamID = teamID
        self.name = name
        self.createdBy = createdBy
    }
}

/// An installation that a search found.
public struct McpInstallationSearchHit: Sendable, Hashable, Identifiable {
    /// The installation with its server and its team.
    public var view: McpInstallationView
    /// How well its server fits the query: PostgreSQL's `ts_rank`, greater is better. Ranks of different queries cannot be compared.
    public var rank: Float

    /// The installation's identifier.
    public var id: McpInstallationID { view.id }

    /// Creates a hit.
    public init(view: McpInstallationView, rank: Float) {
        self.view = view
        self.rank = rank
    }
}
