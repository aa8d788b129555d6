import Testing

/// The part of the fake that is written from the protocols is up to date.
struct FakeSourceTests {
    @Test
    func everyMethodOfEveryRepositoryCanBeRecordedAndMadeToFail() throws {
        for (path, text) in try FakeSource.files(in: PackageFolder.root) {
            #expect(try PackageFolder.text(path) == text, "\(path) is not what the protocols say; run ./scripts/generate-fake.")
        }
    }
}
