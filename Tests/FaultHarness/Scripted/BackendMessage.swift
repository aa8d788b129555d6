/// The bytes of messages that a PostgreSQL server sends, right ones and wrong ones.
package enum BackendMessage {
    /// A message of a type, given as a letter. Its length can be declared wrongly.
    package static func typed(_ letter: Unicode.Scalar, _ body: [UInt8] = [], declaredLength: Int32? = nil) -> [UInt8] {
        [UInt8(ascii: letter)] + number(declaredLength ?? Int32(body.count + 4)) + body
    }

    /// A big-endian number of four bytes.
    package static func number(_ value: Int32) -> [UInt8] {
        withoutSign(UInt32(bitPattern: value))
    }

    /// A text with the NUL that ends it.
    package static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    private static func withoutSign(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func short(_ value: Int16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    // MARK: - Authentication

    /// The client is let in.
    package static let authenticationOK = typed("R", number(0))
    /// The password is asked for as it is.
    package static let authenticationCleartext = typed("R", number(3))

    /// The password's MD5 is asked for.
    package static func authenticationMD5(salt: [UInt8] = [1, 2, 3, 4]) -> [UInt8] { typed("R", number(5) + salt) }

    /// A SASL exchange is offered.
    package static func authenticationSASL(_ mechanisms: [String] = ["SCRAM-SHA-256"]) -> [UInt8] {
        typed("R", number(10) + mechanisms.flatMap { text($0) } + [0])
    }

    /// The SASL exchange goes on.
    package static func authenticationSASLContinue(_ data: String) -> [UInt8] { typed("R", number(11) + Array(data.utf8)) }

    /// The SASL exchange ends.
    package static func authenticationSASLFinal(_ data: String) -> [UInt8] { typed("R", number(12) + Array(data.utf8)) }

    // MARK: - Session

    /// The value of a setting.
    package static func parameterStatus(_ name: String, _ value: String) -> [UInt8] { typed("S", text(name) + text(value)) }

    /// The process number and the key for cancelling.
    package static func backendKeyData(process: Int32 = 4711, key: Int32 = 1234) -> [UInt8] { typed("K", number(process) + number(key)) }

    /// The server waits for the next request.
    package static func readyForQuery(_ status: Unicode.Scalar = "I") -> [UInt8] { typed("Z", [UInt8(ascii: status)]) }

    /// Everything that follows a successful authentication.
    package static let welcome: [UInt8] =
        parameterStatus("server_version", "15.18") + parameterStatus("client_encoding", "UTF8") + parameterStatus("integer_datetimes", "on")
        + parameterStatus("standard_conforming_strings", "on") + backendKeyData() + readyForQuery()

    /// An error or, with FATAL, a farewell.
    package static func error(_ code: String, severity: String = "ERROR", message: String = "scripted") -> [UInt8] {
        typed("E", fields(code, severity, message))
    }

    /// Something that the server finds worth saying.
    package static func notice(_ message: String, code: String = "00000") -> [UInt8] { typed("N", fields(code, "NOTICE", message)) }

    private static func fields(_ code: String, _ severity: String, _ message: String) -> [UInt8] {
        [("S", severity), ("V", severity), ("C", code), ("M", message)].flatMap { [UInt8(ascii: $0.0)] + text($0.1) } + [0]
    }

    // MARK: - Answers

    /// A statement is done.
    package static func commandComplete(_ tag: String) -> [UInt8] { typed("C", text(tag)) }
    /// A statement has been prepared.
    package static let parseComplete = typed("1")
    /// A portal has been made.
    package static let bindComplete = typed("2")
    /// A statement or portal has been closed.
    package static let closeComplete = typed("3")
    /// A statement gives no rows.
    package static let noData = typed("n")

    /// One column of the type `bigint`, in binary.
    package static func rowDescription(_ column: String = "value") -> [UInt8] {
        typed("T", short(1) + text(column) + number(0) + short(0) + number(20) + short(8) + number(-1) + short(1))
    }

    /// One row of one `bigint`, in binary.
    package static func dataRow(_ value: Int64) -> [UInt8] {
        typed("D", short(1) + number(8) + number(Int32(truncatingIfNeeded: value >> 32)) + number(Int32(truncatingIfNeeded: value)))
    }
}
