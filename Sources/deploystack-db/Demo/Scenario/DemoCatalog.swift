import DeployStackData
import DeployStackModels
import Foundation

/// The catalog that the demo imports, and two more files that are made of it: one entry changed, and entries that cannot be imported.
struct DemoCatalog: Sendable {
    /// What the file is called, for people.
    var name: String
    /// The file as it is.
    var file: CatalogFile
    /// The file with another description in its first entry.
    var corrected: CatalogFile
    /// Entries of which none is acceptable.
    var broken: CatalogFile

    /// - Throws: ``DataError`` of kind `.validation` when it is not JSON, not an array, or too large.
    init(name: String, json: [UInt8]) throws(DataError) {
        self.name = name
        file = try CatalogFile(json: json)
        corrected = try CatalogFile(json: Self.correcting(json))
        broken = try CatalogFile(json: Array(Self.brokenEntries.utf8))
    }

    /// The servers that come with the program.
    static func sample() throws(DataError) -> DemoCatalog {
        try DemoCatalog(name: "the built-in sample", json: PackageResources.SampleCatalog_json)
    }

    /// The file at a path.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be read, is not JSON or not an array.
    static func file(at path: String) throws(CommandFailure) -> DemoCatalog {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(
                status: .noInput, summary: "The catalog file \(path) cannot be read.", details: [Self.obstacle(to: path)],
                next: ["name a JSON file that exists and may be read, or leave --catalog out for the built-in sample"])
        }
        do throws(DataError) {
            return try DemoCatalog(name: URL(fileURLWithPath: path).lastPathComponent, json: Array(data))
        } catch {
            throw CommandFailure(
                status: .badData, summary: "The catalog file \(path) cannot be imported.", details: [error.reason ?? error.description],
                next: ["it must be UTF-8 text like [{\"name\": \"filesystem\", \"description\": \"…\", \"tags\": [\"files\"]}, …]"])
        }
    }

    /// Why a file cannot be read. Foundation's own words name error numbers.
    private static func obstacle(to path: String) -> String {
        if let attributes = try? FileManager.default.attributesOfItem(atPath: path) {
            return attributes[.type] as? FileAttributeType == .typeDirectory ? "It is a directory." : "This account may not read it."
        }
        return path.hasPrefix("/") ? "There is no such file." : "There is no such file in \(FileManager.default.currentDirectoryPath)."
    }

    /// The file's text with another description in the first entry that has a name; as it is when there is none.
    private static func correcting(_ json: [UInt8]) -> [UInt8] {
        guard var entries = try? JSONSerialization.jsonObject(with: Data(json)) as? [Any],
            let index = entries.firstIndex(where: { ($0 as? [String: Any])?["name"] is String }), var entry = entries[index] as? [String: Any]
        else { return json }
        entry["description"] = "Corrected: " + (entry["description"] as? String ?? "")
        entries[index] = entry
        guard let data = try? JSONSerialization.data(withJSONObject: entries) else { return json }
        return Array(data)
    }

    private static let brokenEntries = """
        [{"title": "No name"}, {"name": "wrong-tags", "tags": "files, search"}, {"name": "   "},
         {"name": "wrong-remote", "remote": {"url": "https://example.org/mcp", "transport_type": "carrier-pigeon"}}, "not an object"]
        """
}
