/// The values that a team gives to an installed server, per kind; a kind that is not set is `nil`.
///
/// Arguments have an order, so they are a JSON array of `{"name": …, "value": …}`; the other kinds are JSON objects from name to value. An entry
/// that the server's schema declares with `"type": "secret"` is encrypted before it is stored and reads as `*****`.
public struct TeamConfiguration: Sendable, Hashable, Codable {
    /// The arguments: a JSON array.
    public var args: JSONValue?
    /// The environment variables: a JSON object.
    public var env: JSONValue?
    /// The headers of requests: a JSON object.
    public var headers: JSONValue?
    /// The query parameters of the address: a JSON object.
    public var queryParams: JSONValue?

    /// Creates a configuration; by default nothing is set.
    public init(args: JSONValue? = nil, env: JSONValue? = nil, headers: JSONValue? = nil, queryParams: JSONValue? = nil) {
        self.args = args
        self.env = env
        self.headers = headers
        self.queryParams = queryParams
    }
}
