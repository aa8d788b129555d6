/// Follows which SQL the statements and portals of a link stand for, so that an Execute can be known by its text.
struct StatementTracker {
    private var statements: [String: String] = [:]
    private var portals: [String: String] = [:]

    /// The SQL that a message from the client is about, and what follows from the message.
    mutating func statement(of message: WireMessage) -> String? {
        guard message.direction == .toServer, case .typed(let type) = message.kind else { return nil }
        switch Unicode.Scalar(type) {
        case "Q":
            return message.text()?.text
        case "P":
            guard let name = message.text(), let sql = message.text(at: name.end) else { return nil }
            statements[name.text] = sql.text
            return sql.text
        case "B":
            guard let portal = message.text(), let name = message.text(at: portal.end) else { return nil }
            portals[portal.text] = statements[name.text]
            return statements[name.text]
        case "D":
            guard let name = message.text(at: 1) else { return nil }
            return message.body.first == UInt8(ascii: "S") ? statements[name.text] : portals[name.text]
        case "E":
            return message.text().flatMap { portals[$0.text] }
        default:
            return nil
        }
    }
}
