/// The version of the PostgreSQL server programs, as `postgres --version` prints it.
package struct ServerVersion: Sendable, Hashable, CustomStringConvertible {
    /// The number before the first dot, for example 15.
    package let major: Int
    /// The number as it is written, for example `15.18`.
    package let description: String

    /// Reads a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; gives `nil` when there is no number in it.
    package init?(versionLine: String) {
        let words = versionLine.split(whereSeparator: \.isWhitespace)
        guard let number = words.first(where: { $0.first?.isNumber == true }) else { return nil }
        guard let major = Int(number.prefix(while: \.isNumber)) else { return nil }
        self.major = major
        description = String(number)
    }
}
