import FaultHarness

/// What may answer instead of a server, in as many variants as there are numbers. The same number gives the same variant.
struct GarbageVariants: Sendable {
    /// Whether the client asks for encryption first.
    let isEncrypted: Bool

    /// The script for the client with this number.
    func script(_ number: Int) -> [ScriptStep] {
        var random = FaultSeed.run.generator("garbage \(isEncrypted) \(number)")
        return isEncrypted ? answerToEncryption(number, &random) : plain(number, &random)
    }

    /// How many sorts of variants there are.
    var sorts: Int { isEncrypted ? 8 : 14 }

    // MARK: - Without encryption

    private func plain(_ number: Int, _ random: inout FaultRandom) -> [ScriptStep] {
        let welcome = BackendMessage.authenticationOK + BackendMessage.welcome
        switch number % sorts {
        case 0: return [.awaitPacket, .send(bytes(0...400, &random))]
        case 1: return [.awaitPacket, .send(bytes(0...400, &random)), .reset]
        case 2: return [.send(bytes(1...64, &random))]
        case 3: return [.awaitPacket, .send(Self.http(&random))]
        case 4: return [.awaitPacket, .send(Self.hugeLength(&random)), .send(bytes(0...4000, &random))]
        case 5: return [.awaitPacket, .send(Self.alert(&random))]
        case 6: return [.awaitPacket, .send(mutated(welcome, &random))]
        case 7: return [.awaitPacket, .send(Array(welcome.prefix(Int.random(in: 0..<welcome.count, using: &random))))]
        case 8: return unknownAuthentication(&random)
        case 9: return brokenSCRAM(&random)
        case 10: return [.awaitPacket, .send(farewells(&random))]
        case 11: return [.awaitPacket, .flood(BackendMessage.notice("one moment"), total: 64 * 1024)]
        case 12: return [.awaitPacket] + letIn() + [.awaitMessage("S"), .send(bytes(0...2000, &random))]
        default: return [.awaitPacket] + letIn() + [.awaitMessage("S"), .send(halfAnAnswer(&random))]
        }
    }

    /// Lets the client in, as far as its first statement.
    private func letIn() -> [ScriptStep] {
        let settings = (0..<3).flatMap { _ in BackendMessage.commandComplete("SET") } + BackendMessage.readyForQuery()
        return [.send(BackendMessage.authenticationOK + BackendMessage.welcome), .reply(to: "Q") { _ in settings }]
    }

    private func unknownAuthentication(_ random: inout FaultRandom) -> [ScriptStep] {
        // 3 would ask for the password, and 5 for its hash, which a client without encryption may give.
        let codes: [Int32] = [1, 2, 4, 6, 7, 8, 9, 11, 12, 13, 99, -1, .max, .min]
        let code = codes[Int.random(in: codes.indices, using: &random)]
        return [.awaitPacket, .send(BackendMessage.typed("R", BackendMessage.number(code) + bytes(0...40, &random)))]
    }

    private func brokenSCRAM(_ random: inout FaultRandom) -> [ScriptStep] {
        let mechanisms = [[], ["PLAIN"], ["SCRAM-SHA-256-PLUS"], ["SCRAM-SHA-1", "EXTERNAL"], [String(repeating: "X", count: 3000)]]
        let texts = [
            "", "r=", "r=other,s=c2FsdA==,i=4096", "s=c2FsdA==,r=x,i=1", "m=ext", "r=x,s=!!!,i=4096", String(repeating: "r", count: 20_000),
            "e=other-error",
        ]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return [.awaitPacket, .send(BackendMessage.authenticationSASL(mechanisms[Int.random(in: mechanisms.indices, using: &random)]))]
        case 1:
            let text = texts[Int.random(in: texts.indices, using: &random)]
            return .asking(BackendMessage.authenticationSASL(), then: [.send(BackendMessage.authenticationSASLContinue(text))])
        case 2:
            let rounds = [0, -1, 1, 4096][Int.random(in: 0..<4, using: &random)]
            return .scram(rounds: rounds, then: [.awaitMessage("p"), .send(BackendMessage.authenticationSASLFinal("v=AAAA"))])
        default:
            // Let in without the server's own proof. Without channel binding that is as good as not to be asked at all, so only what follows is wrong.
            return .scram(rounds: 1, then: [.awaitMessage("p")] + letIn() + [.awaitMessage("S"), .send(halfAnAnswer(&random))])
        }
    }

    private func farewells(_ random: inout FaultRandom) -> [UInt8] {
        let fatal = BackendMessage.error("57P01", severity: "FATAL", message: "going")
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return fatal + fatal
        case 1: return Array(fatal.dropLast(Int.random(in: 1...20, using: &random)))
        case 2: return BackendMessage.typed("E")
        case 3: return BackendMessage.typed("E", bytes(1...200, &random))
        default: return BackendMessage.notice("one moment") + BackendMessage.error("XX000", severity: "PANIC") + bytes(0...50, &random)
        }
    }

    private func halfAnAnswer(_ random: inout FaultRandom) -> [UInt8] {
        let answer =
            BackendMessage.parseComplete + BackendMessage.bindComplete + BackendMessage.rowDescription() + BackendMessage.dataRow(1)
            + BackendMessage.commandComplete("SELECT 1")
        return Array(answer.prefix(Int.random(in: 0..<answer.count, using: &random)))
    }

    // MARK: - With encryption

    private func answerToEncryption(_ number: Int, _ random: inout FaultRandom) -> [ScriptStep] {
        let accepted = [UInt8(ascii: "S")]
        switch number % sorts {
        case 0: return [.awaitPacket, .send([UInt8(ascii: "N")])]
        case 1: return .answeringEncryption([UInt8(ascii: "N")], then: .asking(BackendMessage.authenticationCleartext))
        case 2: return [.awaitPacket, .send(accepted + bytes(0...2000, &random))]
        case 3: return [.awaitPacket, .send(accepted + Self.alert(&random))]
        case 4: return [.awaitPacket, .send(accepted), .reset]
        case 5: return [.awaitPacket, .send(BackendMessage.error("0A000", severity: "FATAL"))]
        case 6: return [.awaitPacket, .send(BackendMessage.authenticationCleartext), .awaitMessage("p")]
        default: return [.awaitPacket, .send(bytes(1...100, &random)), .finish]
        }
    }

    // MARK: - Bytes

    /// Random bytes that do not happen to ask for the password in the clear, which a client without encryption would give.
    private func bytes(_ count: ClosedRange<Int>, _ random: inout FaultRandom) -> [UInt8] {
        while true {
            let bytes = (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            if !Self.asksForPassword(bytes) { return bytes }
        }
    }

    private func mutated(_ original: [UInt8], _ random: inout FaultRandom) -> [UInt8] {
        while true {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            if !Self.asksForPassword(bytes) { return bytes }
        }
    }

    private static func asksForPassword(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: BackendMessage.authenticationCleartext) }
    }

    private static func http(_ random: inout FaultRandom) -> [UInt8] {
        let status = Int.random(in: 100...599, using: &random)
        let body = String(repeating: "<p>no database here</p>", count: Int.random(in: 0...200, using: &random))
        return Array("HTTP/1.1 \(status) Something\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)".utf8)
    }

    private static func hugeLength(_ random: inout FaultRandom) -> [UInt8] {
        let types: [Unicode.Scalar] = ["R", "E", "N", "S", "K", "Z", "v", "T", "D"]
        let lengths: [Int32] = [.max, .min, -1, 0, 3, 1 << 30, 100_000, 30_001]
        return BackendMessage.typed(
            types[Int.random(in: types.indices, using: &random)], BackendMessage.number(10),
            declaredLength: lengths[Int.random(in: lengths.indices, using: &random)])
    }

    private static func alert(_ random: inout FaultRandom) -> [UInt8] {
        [0x15, 0x03, UInt8.random(in: 0...4, using: &random), 0x00, 0x02, 0x02, UInt8.random(in: .min ... .max, using: &random)]
    }
}
