import FaultHarness
import Foundation
import Testing

/// The list of calls that the rows about data, injection and secrets go through is complete.
struct CallTableTests {
    @Test
    func everyTextOfEveryPublicMethodIsInTheTable() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardized
        let source = try PublicParameters(root: root)

        let expected = try source.paths()
        let listed = Set(StoreCalls.all.flatMap(\.paths))

        #expect(source.methods.count >= 39)
        #expect(expected.subtracting(listed).sorted() == [])
        #expect(listed.subtracting(expected).sorted() == [])
    }
}
