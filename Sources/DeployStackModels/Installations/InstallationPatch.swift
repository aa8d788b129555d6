/// What to change about an installation. What is not mentioned stays as it is.
public struct InstallationPatch: Sendable, Hashable {
    /// The new name, 1 to 100 characters after white space at its ends is removed, or `nil` to leave it.
    public var name: String?
    /// Which satellites run it from now on, or `nil` to leave it.
    public var type: McpInstallationType?
    /// The satellite that runs it; cleared, any does.
    public var satelliteID: FieldPatch<SatelliteID>
    /// The team's arguments, a JSON array as in ``TeamConfiguration/args``.
    public var args: FieldPatch<JSONValue>
    /// The team's environment variables, a JSON object.
    public var env: FieldPatch<JSONValue>
    /// The team's headers, a JSON object.
    public var headers: FieldPatch<JSONValue>
    /// The team's query parameters, a JSON object.
    public var queryParams: FieldPatch<JSONValue>

    /// Describes a change; by default nothing changes.
    ///
    /// A kind of value that is set replaces what was stored for that kind as a whole, and must have a value for each required entry of the server's schema.
    /// A secret that is written as the mask, `*****`, stays as it is.
    public init(
        name: String? = nil, type: McpInstallationType? = nil, satelliteID: FieldPatch<SatelliteID> = .unchanged,
        args: FieldPatch<JSONValue> = .unchanged, env: FieldPatch<JSONValue> = .unchanged, headers: FieldPatch<JSONValue> = .unchanged,
        queryParams: FieldPatch<JSONValue> = .unchanged
    ) {
        self.name = name
        self.type = type
        self.satelliteID = satelliteID
        self.args = args
        self.env = env
        self.headers = headers
        self.queryParams = queryParams
    }
}
