/// Cuts the bytes of one direction of a link into messages.
///
/// A message is shown once it is there as a whole, so that a fault can strike before its first byte, inside it, or after its last one. A very large
/// one is shown when its beginning is there, and its rest passes as it comes.
struct MessageFramer {
    /// The length up to which messages are waited for.
    static let wholeLimit = 256 * 1024

    /// What the two directions of a link must know of each other.
    enum Phase {
        /// The client has not sent its start-up packet.
        case opening
        /// The client has asked for encryption, and the server has not answered.
        case awaitingEncryptionAnswer
        /// Messages with a type byte.
        case session
        /// What passes cannot be read.
        case opaque
    }

    let direction: FlowDirection
    private var buffer: [UInt8] = []
    /// Where in the buffer the bytes begin that have not been passed on.
    private var start = 0
    /// How many messages have been passed on as a whole.
    private(set) var passed = 0
    /// How many bytes of the current message have been passed on.
    private(set) var passedOfCurrent = 0
    /// The length of the current message, once it has been looked at.
    private var current: WireMessage?

    init(_ direction: FlowDirection) {
        self.direction = direction
    }

    /// The bytes that have not been passed on.
    var waiting: Int { buffer.count - start }

    /// Takes bytes that have arrived.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        if start > 0, start == buffer.count || start > 64 * 1024 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The message that is next to be passed on or partly passed on, if enough of it has come.
    mutating func next(in phase: Phase) -> WireMessage? {
        if let current { return current }
        guard let (kind, length) = frame(in: phase), waiting >= min(length, Self.wholeLimit) else { return nil }
        let message = WireMessage(
            direction: direction, number: passed, kind: kind, length: length, bytes: Array(buffer[start..<(start + min(length, waiting))]))
        current = message
        return message
    }

    /// Adds what the link knows of the current message.
    mutating func annotate(statement: String?) {
        current?.statement = statement
    }

    /// Passes on the next bytes of the current message: at most so many, and no more than have come.
    mutating func take(_ limit: Int) -> ArraySlice<UInt8> {
        guard let current else { return [] }
        let count = min(limit, current.length - passedOfCurrent, waiting)
        let bytes = buffer[start..<(start + count)]
        start += count
        passedOfCurrent += count
        if passedOfCurrent == current.length {
            self.current = nil
            passedOfCurrent = 0
            passed += 1
        }
        return bytes
    }

    /// Takes everything that has come, whole messages or not.
    mutating func takeRemainder() -> ArraySlice<UInt8> {
        let bytes = buffer[start...]
        start = buffer.count
        return bytes
    }

    private func frame(in phase: Phase) -> (WireMessage.Kind, Int)? {
        guard waiting > 0 else { return nil }
        switch (phase, direction) {
        case (.opaque, _):
            return (.raw, waiting)
        case (.opening, .toServer), (.awaitingEncryptionAnswer, .toServer):
            guard let length = number(at: 0) else { return nil }
            // Whoever speaks another protocol has no length here.
            guard (8...10_000).contains(length) else { return (.raw, waiting) }
            guard let code = number(at: 4) else { return nil }
            switch code {
            case 80_877_102: return (.cancelRequest, length)
            case 80_877_103, 80_877_104: return (.encryptionRequest, length)
            default: return (.startup, length)
            }
        case (.awaitingEncryptionAnswer, .toClient) where buffer[start] != UInt8(ascii: "E"):
            return (.encryptionAnswer, 1)
        case (_, .toClient), (.session, .toServer):
            guard let length = number(at: 1) else { return nil }
            guard length >= 4 else { return (.raw, waiting) }
            return (.typed(buffer[start]), length + 1)
        }
    }

    private func number(at offset: Int) -> Int? {
        guard waiting >= offset + 4 else { return nil }
        let bytes = buffer[(start + offset)..<(start + offset + 4)]
        return Int(Int32(truncatingIfNeeded: bytes.reduce(0) { ($0 << 8) | Int($1) }))
    }
}
