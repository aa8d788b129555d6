extension DataError {
    /// What went wrong, in terms of the domain.
    ///
    /// The set is open: a later version may add kinds, so a `switch` over it needs a `default`.
    public struct Kind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The kind's name, such as `alreadyExists`.
        public let rawValue: String

        /// Creates a kind from its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        private init(_ rawValue: String) { self.rawValue = rawValue }

        /// The kind's name.
        public var description: String { rawValue }

        /// Something that the operation needs does not exist.
        public static let notFound = Kind("notFound")
        /// Something with the same unique value exists; ``DataError/field`` names it.
        public static let alreadyExists = Kind("alreadyExists")
        /// A limit would be passed; ``DataError/limit`` has the figures.
        public static let limitExceeded = Kind("limitExceeded")
        /// An input is not acceptable; ``DataError/field`` and ``DataError/reason`` say which and what is allowed.
        public static let validation = Kind("validation")
        /// A rule of the domain forbids the change; ``DataError/rule`` names it.
        public static let ruleViolation = Kind("ruleViolation")
        /// The change refers to something that does not exist; ``DataError/entity`` says what.
        public static let referenceMissing = Kind("referenceMissing")
        /// The thing cannot be removed because others still use it.
        public static let inUse = Kind("inUse")
        /// An OAuth grant was refused (RFC 6749, section 5.2).
        public static let invalidGrant = Kind("invalidGrant")
        /// Another transaction got in the way; the same call can be made again.
        public static let conflict = Kind("conflict")
        /// The database cannot be reached, has no free connection, or broke the connection.
        public static let unavailable = Kind("unavailable")
        /// The answer was lost, so the change may or may not have been made; ``DataError/cause`` says how it was lost.
        ///
        /// It has a kind of its own so that code which makes a call again after `.unavailable`, `.timeout` or `.cancelled` cannot take it for one of them
        /// by accident. Find out what happened before anything is done again.
        public static let outcomeUnknown = Kind("outcomeUnknown")
        /// The call's deadline passed.
        public static let timeout = Kind("timeout")
        /// The task that made the call was cancelled.
        public static let cancelled = Kind("cancelled")
        /// The configuration or the schema does not allow the store to work; the reason says what to do.
        public static let configuration = Kind("configuration")
        /// A stored secret cannot be decrypted; the reason says whether its key is missing or the value is not what was stored.
        public static let undecryptable = Kind("undecryptable")
        /// A defect of this library or a database that is not as the library made it.
        public static let `internal` = Kind("internal")
    }

    /// What the failure means for the operation.
    public enum Outcome: String, Sendable, Hashable {
        /// Nothing was sent to the database. The call can be made again.
        case notSent
        /// The operation was refused and had no effect.
        case rejected
        /// The operation failed and was certainly rolled back.
        case failed
        /// The operation may or may not have happened: the answer was lost. It is never repeated silently.
        case unknown
    }

    /// A kind of thing that the data layer stores.
    public struct Entity: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The entity's name, such as `team`.
        public let rawValue: String

        /// Creates an entity from its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        private init(_ rawValue: String) { self.rawValue = rawValue }

        /// The entity's name.
        public var description: String { rawValue }

        /// A user.
        public static let user = Entity("user")
        /// A role.
        public static let role = Entity("role")
        /// A team.
        public static let team = Entity("team")
        /// A user's membership in a team.
        public static let membership = Entity("membership")
        /// A category of the catalog.
        public static let category = Entity("category")
        /// A server of the catalog.
        public static let server = Entity("server")
        /// An installation of a server for a team.
        public static let installation = Entity("installation")
        /// One user's instance of an installation.
        public static let instance = Entity("instance")
        /// One user's configuration of an installation.
        public static let userConfiguration = Entity("userConfiguration")
        /// An OAuth client.
        public static let client = Entity("client")
        /// An authorization code.
        public static let authorizationCode = Entity("authorizationCode")
        /// An access token.
        public static let accessToken = Entity("accessToken")
        /// A refresh token.
        public static let refreshToken = Entity("refreshToken")
        /// What a user allowed a client to do in a team.
        public static let consent = Entity("consent")
        /// A satellite.
        public static let satellite = Entity("satellite")
        /// A command for a satellite.
        public static let satelliteCommand = Entity("satelliteCommand")
        /// A satellite's heartbeat.
        public static let heartbeat = Entity("heartbeat")
        /// A token with which a satellite registers.
        public static let registrationToken = Entity("registrationToken")
        /// A version of a server of the catalog.
        public static let serverVersion = Entity("serverVersion")
        /// A notification.
        public static let notification = Entity("notification")
        /// A setting.
        public static let setting = Entity("setting")
        /// A group of settings.
        public static let settingGroup = Entity("settingGroup")
        /// What a user prefers.
        public static let preference = Entity("preference")
    }

    /// A rule of the domain.
    public struct Rule: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The rule's name, such as `defaultTeamImmutable`.
        public let rawValue: String

        /// Creates a rule from its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        private init(_ rawValue: String) { self.rawValue = rawValue }

        /// The rule's name.
        public var description: String { rawValue }

        /// A default team cannot be renamed, deleted, transferred or shared.
        public static let defaultTeamImmutable = Rule("defaultTeamImmutable")
        /// The user is not a member of the team.
        public static let notMember = Rule("notMember")
        /// A team keeps at least one administrator.
        public static let lastAdmin = Rule("lastAdmin")
        /// A team keeps at least one member.
        public static let lastMember = Rule("lastMember")
        /// The owner stays a member and an administrator of the team until it has another owner.
        public static let ownerMustTransferFirst = Rule("ownerMustTransferFirst")
        /// There must always be a global administrator.
        public static let lastGlobalAdministrator = Rule("lastGlobalAdministrator")
        /// A system role is changed by its definition only.
        public static let systemRoleImmutable = Rule("systemRoleImmutable")
        /// Only a global administrator may do this.
        public static let globalAdministratorRequired = Rule("globalAdministratorRequired")
        /// Only an administrator of the team may do this.
        public static let teamAdministratorRequired = Rule("teamAdministratorRequired")
        /// A disabled server cannot be installed.
        public static let serverDisabled = Rule("serverDisabled")
        /// The team may not install servers that are deployed from GitHub.
        public static let gitHubServersNotAllowed = Rule("gitHubServersNotAllowed")
        /// Inside a transaction, only the store that its closure is given may be used.
        public static let outerStoreInTransaction = Rule("outerStoreInTransaction")
        /// A store that is scoped to a team or user writes no row of another.
        public static let outsideScope = Rule("outsideScope")
        /// A store is scoped once, and not in a transaction.
        public static let scopeIsFixed = Rule("scopeIsFixed")
        /// A setting that is stored encrypted is not replaced by a value in clear.
        public static let encryptedSettingStays = Rule("encryptedSettingStays")
        /// A stream is opened on the store itself, not in a transaction.
        public static let streamInTransaction = Rule("streamInTransaction")
        /// A code or refresh token was used a second time, so everything that came of its grant was revoked; set with kind ``Kind/invalidGrant``.
        public static let reusedGrant = Rule("reusedGrant")
        /// Inside a transaction, codes and refresh tokens are redeemed with the calls that return a refusal as a value.
        public static let outcomeInTransaction = Rule("outcomeInTransaction")
        /// The client did not register the grant type that the call would use.
        public static let grantTypeNotRegistered = Rule("grantTypeNotRegistered")
        /// A registration token is unknown, used, expired or revoked, or for another type or team.
        public static let invalidRegistrationToken = Rule("invalidRegistrationToken")
        /// A secret cannot be stored without an encryption secret.
        public static let encryptionSecretRequired = Rule("encryptionSecretRequired")
    }

    /// A limit that was met.
    public struct Limit: Sendable, Hashable {
        /// What is limited.
        public enum Kind: String, Sendable, Hashable {
            /// The teams that one user may own.
            case teamsPerUser
            /// The members of a team.
            case members
            /// All installations of a team.
            case mcpServers
            /// A team's installations that run as a process on a satellite.
            case nonHttp
            /// A team's installations that are deployed from GitHub.
            case github
        }

        /// What is limited.
        public var kind: Kind
        /// The most that is allowed.
        public var maximum: Int
        /// How many there are already.
        public var current: Int

        /// Creates the description of a limit that was met.
        public init(_ kind: Kind, maximum: Int, current: Int) {
            self.kind = kind
            self.maximum = maximum
            self.current = current
        }
    }
}
