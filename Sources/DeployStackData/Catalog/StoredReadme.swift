import DeployStackModels
import PostgresDriver

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A README as the database keeps it: in base64 (RFC 4648, section 4) of its UTF-8, as hosts of repositories hand it out.
struct StoredReadme: Sendable {
    let base64: String

    init(of readme: String) {
        base64 = Data(readme.utf8).base64EncodedString()
    }

    fileprivate init(base64: String) {
        self.base64 = base64
    }

    /// The text; `nil` for what is none.
    var text: String? {
        Data(base64Encoded: base64, options: .ignoreUnknownCharacters).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension StoredReadme {
    /// Reads the column of one row, which may be null.
    init?(row: inout RowReader) throws(PostgresError) {
        guard let base64 = try row.read() as String? else { return nil }
        self.init(base64: base64)
    }
}
