import Crypto
import DeployStackModels

/// One acceptable server of the registry: what is stored of it.
struct RegistryEntry: Sendable {
    let server: RegistryServer
    let name: String
    /// The slug of a new entry.
    let slug: String
    /// The slug of a new entry when the other one is taken. It has a part of the registry identifier's hash at its end, so that nobody else takes it.
    let otherSlug: String
    let repository: RepositoryLocation?

    /// How many entries one statement writes.
    static let batchSize = 500

    init(_ server: RegistryServer) throws(DataError) {
        guard IdentifierRule.canExist(server.registryID) else { throw .validation("registryID", "it must have 1 to 255 bytes, none of them NUL") }
        _ = try CatalogRules.short(server.versionID, "versionID")
        _ = try TextRule(field: "officialName", characters: 1...200).checked(server.officialName)
        name = try TextRule(field: "title", characters: 1...200, isTrimmed: true).checked(server.title ?? server.officialName)
        _ = try CatalogRules.description(server.description)
        _ = try CatalogRules.short(server.version, "version")
        _ = try CatalogRules.url(server.repositoryURL, "repositoryURL")
        _ = try CatalogRules.readme(server.readme)
        _ = try CatalogRules.url(server.websiteURL, "websiteURL")
        _ = try CatalogRules.url(server.iconURL, "iconURL")
        try CatalogRules.validate(transport: server.transport, status: nil, gitHubStars: nil)
        try JSONRule(field: "packages", shape: .array).validate(server.packages)
        try JSONRule(field: "remotes", shape: .array).validate(server.remotes)
        try SearchVectorRule.validate(name: name, description: server.description)
        let base = SlugRule(server.officialName, fallback: CatalogRules.slugFallback).base
        let hash = Hexadecimal.encode(SHA256.hash(data: Array(server.registryID.utf8)).prefix(4))
        slug = base
        otherSlug = "\(String(base.prefix(SlugRule.maximumLength - hash.utf8.count - 1)))-\(hash)"
        repository = RepositoryLocation(url: server.repositoryURL)
        self.server = server
    }

    /// The acceptable ones of some servers in order of their identifiers, and a report with the others.
    static func read(_ servers: [RegistryServer]) -> (entries: [RegistryEntry], report: CatalogImportReport) {
        var (entries, report, seen): ([RegistryEntry], CatalogImportReport, Set<BytewiseString>) = ([], CatalogImportReport(), [])
        for (index, server) in servers.enumerated() {
            do throws(DataError) {
                let entry = try RegistryEntry(server)
                guard seen.insert(server.registryID.bytewise).inserted else {
                    throw .validation("registryID", "a server can be brought in once")
                }
                entries.append(entry)
            } catch {
                report.rejected.append(CatalogImportReport.Rejection(index: index, name: server.officialName, error: error))
            }
        }
        return (entries.sorted { $0.server.registryID.bytewise < $1.server.registryID.bytewise }, report)
    }

    /// Entries in parts, as many as one statement writes.
    static func batches(_ entries: [RegistryEntry]) -> [[RegistryEntry]] {
        stride(from: 0, to: entries.count, by: batchSize).map { Array(entries[$0..<min($0 + batchSize, entries.count)]) }
    }
}
