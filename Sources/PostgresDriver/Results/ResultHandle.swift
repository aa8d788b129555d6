import CLibpq

/// Owns one result of libpq and frees it when the last reference goes.
///
/// `@unchecked Sendable` is true because a `PGresult` is never changed after libpq has handed it over, reading one from several threads is
/// allowed, and only `deinit`, which runs once and last, frees it.
@safe
package final class ResultHandle: @unchecked Sendable {
    private let result: OpaquePointer

    /// Takes ownership of a result; nobody else may clear it.
    @unsafe
    package init(owning result: OpaquePointer) {
        unsafe self.result = result
    }

    deinit {
        unsafe PQclear(result)
    }

    /// What libpq says that the result is.
    var status: ExecStatusType { unsafe PQresultStatus(result) }

    /// The number of rows that it holds.
    package var rowCount: Int { unsafe Int(PQntuples(result)) }

    /// The number of columns of each row.
    package var columnCount: Int { unsafe Int(PQnfields(result)) }

    /// The bytes of memory that it needs.
    package var memorySize: Int { unsafe Int(PQresultMemorySize(result)) }

    /// The server's command tag, such as `UPDATE 3` or `COMMIT`.
    package var commandTag: CommandTag {
        guard let tag = unsafe PQcmdStatus(result) else { return CommandTag("") }
        return unsafe CommandTag(String(cString: tag))
    }

    /// The number of rows that the statement inserted, changed, deleted or returned; 0 for commands that have no number. The same as in ``commandTag``,
    /// without making a text of it.
    package var affectedRows: Int {
        guard var digit = unsafe UnsafePointer(PQcmdTuples(result)) else { return 0 }
        var number = 0
        while unsafe digit.pointee != 0 {
            number = unsafe number &* 10 &+ Int(digit.pointee) &- Int(UInt8(ascii: "0"))
            unsafe digit += 1
        }
        return number
    }

    /// Lends the result to a closure, which must not keep or clear it.
    @unsafe
    package func withResult<Value>(_ body: (OpaquePointer) throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(result)
    }
}

/// What a statement did, as the server reports it: a command and, for most, a number of rows.
package struct CommandTag: Sendable, Hashable {
    /// The command without numbers, such as `UPDATE`, `INSERT` or `CREATE TABLE`.
    package let command: String

    /// The number of rows that the command inserted, changed, deleted or returned; 0 for commands that have no number.
    package let affectedRows: Int

    /// Takes a tag apart: `INSERT 0 5` is the command `INSERT` with five rows.
    package init(_ tag: String) {
        let utf8 = tag.utf8
        let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isDigitOrSpace: (UInt8) -> Bool = { isDigit($0) || $0 == UInt8(ascii: " ") }
        guard let last = utf8.last, isDigit(last) else {
            command = tag
            affectedRows = 0
            return
        }
        let digits = utf8.suffix(while: isDigit)
        affectedRows = digits.reduce(0) { $0 &* 10 &+ Int($1 - UInt8(ascii: "0")) }
        command = String(tag[..<utf8.suffix(while: isDigitOrSpace).startIndex])
    }
}

extension BidirectionalCollection {
    /// The longest end of the collection whose elements all satisfy the condition.
    fileprivate func suffix(while condition: (Element) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex {
            let before = index(before: start)
            guard condition(self[before]) else { break }
            start = before
        }
        return self[start...]
    }
}
