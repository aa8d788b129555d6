import Testing

/// The code in the guides is code that these tests compile and run.
struct GuideTests {
    @Test
    func theGuideToTheFakeShowsWhatIsTested() throws {
        let guide = MarkdownCode(try PackageFolder.text("Sources/DeployStackData/Documentation.docc/TestingWithTheFake.md"))

        let service = try PackageFolder.text("Tests/Contract/Guides/Invitations.swift")
        let tests = try PackageFolder.text("Tests/Contract/Guides/InvitationsTests.swift")

        #expect(guide.blocks.map { $0 + "\n" } == [service, tests])
    }

    @Test
    func theGuideToSearchingShowsWhatIsTested() throws {
        let guide = MarkdownCode(try PackageFolder.text("Sources/DeployStackData/Documentation.docc/SearchingTheCatalog.md"))

        let box = try PackageFolder.text("Tests/Contract/Guides/SearchBox.swift")
        let tests = try PackageFolder.text("Tests/Contract/Guides/SearchBoxTests.swift")

        #expect(guide.blocks.map { $0 + "\n" } == [box, tests])
    }

    @Test
    func theGuideToTagsShowsWhatIsTested() throws {
        let guide = MarkdownCode(try PackageFolder.text("Sources/DeployStackData/Documentation.docc/TagsAndMetadata.md"))

        let servers = try PackageFolder.text("Tests/Contract/Guides/TaggedServers.swift")
        let tests = try PackageFolder.text("Tests/Contract/Guides/TaggedServersTests.swift")

        #expect(guide.blocks.map { $0 + "\n" } == [servers, tests])
    }

    @Test
    func theGuideToPagingShowsWhatIsTested() throws {
        let guide = MarkdownCode(try PackageFolder.text("Sources/DeployStackData/Documentation.docc/Paging.md"))

        let pages = try PackageFolder.text("Tests/Contract/Guides/CatalogPages.swift")
        let tests = try PackageFolder.text("Tests/Contract/Guides/CatalogPagesTests.swift")

        #expect(guide.blocks.map { $0 + "\n" } == [pages, tests])
    }

    @Test
    func theGuideToRowSecurityShowsWhatIsTested() throws {
        let guide = MarkdownCode(try PackageFolder.text("Sources/DeployStackData/Documentation.docc/RowSecurity.md"))

        let service = try PackageFolder.text("Tests/Contract/Guides/TeamPages.swift")
        let tests = try PackageFolder.text("Tests/Contract/Guides/TeamPagesTests.swift")

        #expect(guide.blocks.map { $0 + "\n" } == [service, tests])
    }
}
