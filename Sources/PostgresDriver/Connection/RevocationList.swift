#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Looks at a file of revoked certificates before libpq does, because libpq passes over one that it cannot load and checks nothing then.
enum RevocationList {
    private static let header = "-----BEGIN X509 CRL-----"
    private static let footer = "-----END X509 CRL-----"

    /// Whether a file has at least one revocation list (RFC 7468, section 6), and each is whole.
    static func isUsable(_ path: String) -> Bool {
        guard let data = try? Data(contentsOf: URL(filePath: path)), let text = String(validating: data, as: UTF8.self) else { return false }
        let blocks = text.split(separator: header, omittingEmptySubsequences: false).dropFirst()
        return !blocks.isEmpty
            && blocks.allSatisfy { block in
                guard let end = block.firstRange(of: footer) else { return false }
                let base64 = block[..<end.lowerBound].filter { !$0.isWhitespace }
                return Data(base64Encoded: String(base64)).map(isWholeSequence) ?? false
            }
    }

    /// Whether bytes are one SEQUENCE of DER (X.690, sections 8.1.3 and 8.9) and nothing else: what a file that was cut off is not.
    private static func isWholeSequence(_ data: Data) -> Bool {
        let bytes = Array(data)
        guard bytes.count >= 2, bytes[0] == 0x30 else { return false }
        guard bytes[1] & 0x80 != 0 else { return bytes.count == 2 + Int(bytes[1]) }
        let count = Int(bytes[1] & 0x7F)
        guard (1...4).contains(count), bytes.count >= 2 + count else { return false }
        return bytes.count == 2 + count + bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
