import PostgresDriver

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Variables of this process that a test sets for a while, between two connections and not during one.
package enum ProcessVariables {
    private static let former = Lock<[String: String?]>([:])

    /// Sets variables, and remembers what they were.
    package static func set(_ values: [String: String]) {
        former.withLock { former in
            for (name, value) in values {
                if former[name] == nil { former[name] = .some(unsafe getenv(name).map { unsafe String(cString: $0) }) }
                unsafe setenv(name, value, 1)
            }
        }
    }

    /// Makes all of them what they were.
    package static func restore() {
        former.withLock { former in
            for (name, value) in former {
                if let value { unsafe setenv(name, value, 1) } else { unsafe unsetenv(name) }
            }
            former = [:]
        }
    }
}
