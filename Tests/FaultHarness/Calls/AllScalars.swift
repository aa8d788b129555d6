/// Every Unicode scalar but U+0000, which no text of PostgreSQL can hold: noncharacters, unassigned ones and the private planes included.
package enum AllScalars {
    /// How many there are.
    package static let count = 0x10FFFF - 0x800

    /// All of them in order, in texts of at most so many scalars. Each text has a letter at both ends, where white space would be removed.
    ///
    /// - Parameters:
    ///   - capacity: How many scalars a text may have.
    ///   - part: Which of the texts are wanted: every n-th one, beginning with a random one. 1 gives all.
    package static func texts(of capacity: Int, every part: Int, using random: inout FaultRandom) -> [String] {
        let size = capacity - 2
        let first = Int.random(in: 0..<part, using: &random)
        return stride(from: first * size, to: count, by: part * size).map { start in
            "x" + String(decoding: utf8[offset(start)..<offset(min(start + size, count))], as: UTF8.self) + "x"
        }
    }

    private static let utf8: [UInt8] = {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(offset(count))
        for value in 1...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for byte in UTF8.encode(scalar) ?? .init() { bytes.append(byte) }
        }
        return bytes
    }()

    /// Where the n-th scalar begins: there are so many of one byte, of two, of three and of four.
    private static func offset(_ number: Int) -> Int {
        let (one, two, three) = (0x7F, 0x7FF, 0xFFFF - 0x800)
        return min(number, one) + 2 * max(0, min(number, two) - one) + 3 * max(0, min(number, three) - two) + 4 * max(0, number - three)
    }
}
