import DeployStackModels

/// What the addresses may be that users are sent back to.
enum RedirectURIRule {
    /// Throws when a client cannot register an address: it is absolute and has neither a fragment (RFC 6749, section 3.1.2) nor white space or control characters,
    /// and its scheme is not one that runs or shows what follows it.
    static func validate(_ uri: String) throws(DataError) {
        let scheme = uri.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard (1...2_048).contains(uri.utf8.count), uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }),
            scheme.count < uri.utf8.count - 1, let first = scheme.first, isLetter(first), scheme.allSatisfy(isSchemeByte),
            !forbidden.contains(String(decoding: scheme, as: UTF8.self).lowercased())
        else {
            throw .validation("redirectURIs", "each must be an absolute address of at most 2048 characters without a fragment")
        }
    }

    /// Whether a client registered an address. One that registered itself must be met exactly; a static client's `http` addresses of the machine itself match with
    /// any port, because a program on the user's machine cannot choose one beforehand (RFC 8252, section 7.3).
    static func isRegistered(_ uri: String, for client: OAuthClient) -> Bool {
        if client.redirectURIs.contains(where: { $0.hasSameBytes(as: uri) }) { return true }
        guard client.registration == .static, let loopback = withoutPort(uri) else { return false }
        return client.redirectURIs.contains { $0.hasSameBytes(as: loopback) }
    }

    private static let forbidden: Set<String> = ["javascript", "data", "vbscript", "file", "blob", "about"]
    private static let loopbacks = ["http://127.0.0.1", "http://localhost", "http://[::1]"]

    /// An `http` address of the machine itself without its port, or `nil` when it is no such address or has none.
    private static func withoutPort(_ uri: String) -> String? {
        for host in loopbacks where uri.hasPrefix(host + ":") {
            let rest = uri.utf8.dropFirst(host.utf8.count + 1)
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let path = rest.dropFirst(digits.count)
            guard (1...5).contains(digits.count), path.isEmpty || path.first == UInt8(ascii: "/") else { return nil }
            return host + String(decoding: path, as: UTF8.self)
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
}
