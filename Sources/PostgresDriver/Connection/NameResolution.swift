#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds the addresses of a host. It blocks for as long as the system's resolver does, so it runs on a helper thread.
///
/// libpq would resolve names itself, but blocks while doing so and counts no deadline; it is given addresses instead.
enum NameResolution {
    /// The most addresses of one name that are tried.
    private static let addressLimit = 8

    /// The numeric addresses of a host in the system's order of preference; empty if there are none.
    static func addresses(of host: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { unsafe freeaddrinfo(first) }

        var addresses: [String] = []
        var next = unsafe first
        while let info = unsafe next, addresses.count < addressLimit {
            unsafe next = info.pointee.ai_next
            let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer -> String? in
                let status = unsafe getnameinfo(
                    info.pointee.ai_addr, info.pointee.ai_addrlen, buffer.baseAddress, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
                guard status == 0, let start = buffer.baseAddress else { return nil }
                return unsafe String(cString: start)
            }
            if let text, !addresses.contains(text) { addresses.append(text) }
        }
        return addresses
    }
}
