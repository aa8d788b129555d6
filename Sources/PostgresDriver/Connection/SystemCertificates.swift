#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds the file in which the system keeps the authorities that it trusts; libpq knows such a place only from version 16 on.
enum SystemCertificates {
    /// The first bundle of the usual ones that can be read, or nil.
    static let bundle: String? = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
        "/opt/homebrew/etc/ca-certificates/cert.pem", "/usr/local/etc/ca-certificates/cert.pem",
    ].first { unsafe access($0, R_OK) == 0 }
}
