/// What of a server's configuration is fixed, what a team shares, and what each user sets.
///
/// There are three tiers: the template (fixed), the team and the user; and four kinds of value in each: arguments, environment variables, headers
/// and query parameters of the address.
public struct McpConfigurationSchemas: Sendable, Hashable, Codable {
    /// One tier's four kinds of value, each a JSON array of entries.
    ///
    /// In the template tier an entry is `{"name", "value", "locked", "description"}`; in the others `{"name", "type", "required", "description", …}`.
    public struct Tier: Sendable, Hashable, Codable {
        /// The arguments.
        public var args: JSONValue
        /// The environment variables.
        public var env: JSONValue
        /// The headers of requests.
        public var headers: JSONValue
        /// The query parameters of the address.
        public var queryParams: JSONValue

        /// Creates a tier; by default it has no entries.
        public init(args: JSONValue = [], env: JSONValue = [], headers: JSONValue = [], queryParams: JSONValue = []) {
            self.args = args
            self.env = env
            self.headers = headers
            self.queryParams = queryParams
        }
    }

    /// What is fixed.
    public var template: Tier
    /// What a team shares.
    public var team: Tier
    /// What each user sets.
    public var user: Tier

    /// Creates schemas; by default nothing can be configured.
    public init(template: Tier = Tier(), team: Tier = Tier(), user: Tier = Tier()) {
        self.template = template
        self.team = team
        self.user = user
    }
}
