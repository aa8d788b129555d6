public import DeployStackModels

/// The entries of a catalog file, read and checked one by one.
///
/// A catalog file is a JSON array of objects with these members; only `name` is required, unknown ones are ignored:
///
/// | member | type | becomes |
/// | --- | --- | --- |
/// | `name` | string | the slug, by which an entry is found again |
/// | `title` | string | ``McpServer/name``; without it, `name` is used |
/// | `description` | string | ``McpServer/description`` |
/// | `category` | string | a category of that name, made when it does not exist |
/// | `tags` | array of strings | ``McpServer/tags`` |
/// | `repository`, `commit`, `icon` | string | address and commit of the source code, address of the icon |
/// | `type` | string | kept in ``McpServer/metadata`` |
/// | `image` | string | a package of an OCI registry |
/// | `remote` | object with `url` and `transport_type` | a remote endpoint; the transport is `http` or `sse` |
/// | `oauth` | array | an entry with one or more requires OAuth |
/// | `env`, `secrets` | arrays of objects with `name` (and `env` for secrets) | the user's environment variables |
///
/// An entry with a member of another type, or with a value that is not acceptable, is a rejection with its reason; the others are not affected.
public struct CatalogFile: Sendable {
    /// The most bytes of a catalog file.
    public static let maximumBytes = 64 * 1_048_576

    /// One entry of the file, or why it cannot be imported.
    enum Entry: Sendable {
        case accepted(CatalogFileEntry)
        case rejected(CatalogImportReport.Rejection)
    }

    let entries: [Entry]

    /// How many entries the file has, acceptable or not.
    public var count: Int { entries.count }

    /// Reads a catalog file.
    ///
    /// - Parameter json: The file's content, UTF-8, at most 64 MiB.
    /// - Throws: ``DataError`` of kind `.validation` with field `catalog` when it is not JSON, not an array, or too large.
    public init(json: [UInt8]) throws(DataError) {
        guard json.count <= Self.maximumBytes else { throw .validation("catalog", "it must have at most 64 MiB") }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: json, limits: JSONLimits(maximumDepth: 64, maximumBytes: Self.maximumBytes))
        } catch {
            throw .validation("catalog", "it must be JSON: \(error.reason) (at byte \(error.offset))")
        }
        guard let elements = value.array else { throw .validation("catalog", "it must be a JSON array of entries") }

        var entries: [Entry] = []
        entries.reserveCapacity(elements.count)
        var indexesBySlug: [String: Int] = [:]
        for (index, element) in elements.enumerated() {
            do throws(DataError) {
                let entry = try CatalogFileEntry(element, index: index)
                if let first = indexesBySlug[entry.slug] {
                    throw .validation("name", "entry \(first) has the same slug, and an entry can be imported once")
                }
                indexesBySlug[entry.slug] = index
                entries.append(.accepted(entry))
            } catch {
                entries.append(.rejected(CatalogImportReport.Rejection(index: index, name: element["name"]?.string, error: error)))
            }
        }
        self.entries = entries
    }

    /// The acceptable entries, in the order of the file.
    var accepted: [CatalogFileEntry] {
        entries.compactMap { if case .accepted(let entry) = $0 { entry } else { nil } }
    }

    /// The entries that cannot be imported, in the order of the file.
    var rejected: [CatalogImportReport.Rejection] {
        entries.compactMap { if case .rejected(let rejection) = $0 { rejection } else { nil } }
    }

    /// How many entries one statement writes.
    static let batchSize = 500
}
