/// The line of a server's plan that shows which index serves a call.
struct DemoPlan: Codable, Equatable {
    /// The call.
    var call: String
    /// The index, or `nil` when none was used.
    var index: String?
    /// The plan's line.
    var line: String
}
