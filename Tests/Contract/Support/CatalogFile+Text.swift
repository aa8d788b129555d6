import DeployStackData
import DeployStackModels

extension CatalogFile {
    /// Reads a catalog file from a text.
    init(text: String) throws(DataError) {
        try self.init(json: Array(text.utf8))
    }
}
