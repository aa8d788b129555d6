/// One thing that a scripted server does, one after the other.
package enum ScriptStep: Sendable {
    /// Waits for a packet without a type: the start-up packet, or the question about encryption.
    case awaitPacket
    /// Waits for a message of a type, given as a letter; others before it are passed over.
    case awaitMessage(Unicode.Scalar)
    /// Says something.
    case send([UInt8])
    /// Says the same again and again, until so many bytes have been said.
    case flood([UInt8], total: Int)
    /// Waits for a message of a type and answers it.
    case reply(to: Unicode.Scalar, @Sendable (WireMessage) -> [UInt8])
    /// Answers every message, until the client goes.
    case serve(@Sendable (WireMessage) -> [UInt8])
    /// Says nothing more and reads on, until the client goes.
    case silence
    /// Says that nothing more will come, and reads on until the client goes. So does the end of the script.
    case finish
    /// Goes with a reset.
    case reset
}

extension [ScriptStep] {
    /// Lets everybody in who asks without encryption, and answers every statement with one row that holds 1.
    package static let obliging: [ScriptStep] = [.awaitPacket, .send(BackendMessage.authenticationOK + BackendMessage.welcome), .session]

    /// Asks for the password in one of the ways, and goes on with `then`.
    package static func asking(_ question: [UInt8], then: [ScriptStep] = letIn) -> [ScriptStep] {
        [.awaitPacket, .send(question), .awaitMessage("p")] + then
    }

    /// Lets the client in, and answers every statement.
    package static let letIn: [ScriptStep] = [.send(BackendMessage.authenticationOK + BackendMessage.welcome), .session]

    /// Offers SCRAM with a number of rounds, as far as the client's proof.
    package static func scram(rounds: Int, salt: String = "c2FsdHNhbHRzYWx0c2FsdA==", then: [ScriptStep] = [.awaitMessage("p")]) -> [ScriptStep] {
        [
            .awaitPacket, .send(BackendMessage.authenticationSASL()),
            .reply(to: "p") { first in
                let text = String(decoding: first.body, as: UTF8.self)
                let nonce = text.split(separator: ",").first { $0.hasPrefix("r=") }?.dropFirst(2) ?? ""
                return BackendMessage.authenticationSASLContinue("r=\(nonce)serverpart,s=\(salt),i=\(rounds)")
            },
        ] + then
    }

    /// Answers the question about encryption, and goes on with `then`.
    package static func answeringEncryption(_ answer: [UInt8], then: [ScriptStep]) -> [ScriptStep] {
        [.awaitPacket, .send(answer)] + then
    }
}

extension ScriptStep {
    /// Answers the statements of a session: the simple ones with as many completions as they have parts, the prepared ones with one row that holds 1.
    package static let session = ScriptStep.serve { message in
        guard case .typed(let type) = message.kind else { return [] }
        switch Unicode.Scalar(type) {
        case "Q":
            let parts = message.text().map { $0.text.split(separator: ";").count } ?? 1
            return (0..<parts).flatMap { _ in BackendMessage.commandComplete("SET") } + BackendMessage.readyForQuery()
        case "P": return BackendMessage.parseComplete
        case "B": return BackendMessage.bindComplete
        case "C": return BackendMessage.closeComplete
        case "D": return BackendMessage.rowDescription()
        case "E": return BackendMessage.dataRow(1) + BackendMessage.commandComplete("SELECT 1")
        case "S": return BackendMessage.readyForQuery()
        default: return []
        }
    }
}
