public import DeployStackModels

/// The versions of the catalog's entries.
public protocol ServerVersionRepository: Sendable {
    /// Adds a version to an entry. The first one is the latest; a later one is when it says so, and the one before is not any more.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.referenceMissing` with entity `server`, `.alreadyExists` with field
    ///   `version` when the entry has it.
    @discardableResult
    func add(_ version: NewServerVersion, to server: McpServerID) async throws(DataError) -> McpServerVersion

    /// Returns the versions of an entry, newest first. An unknown entry has none.
    func list(_ server: McpServerID) async throws(DataError) -> [McpServerVersion]

    /// Makes a version the latest of its entry, in one transaction, so that there is always exactly one.
    ///
    /// - Returns: The version, or `nil` when the entry has none with this identifier.
    @discardableResult
    func setLatest(_ id: McpServerVersionID, of server: McpServerID) async throws(DataError) -> McpServerVersion?
}
