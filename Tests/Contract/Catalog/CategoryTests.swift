import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CategoryTests {
    @Test(arguments: Backend.all)
    func aCategoryIsCreatedAndFound(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let category = try await scene.store.categories.create(
            NewCategory(name: " Databases ", description: "Where data is", icon: "database", sortOrder: -3))

        let expected = McpCategory(
            id: category.id, name: "Databases", description: "Where data is", icon: "database", sortOrder: -3, createdAt: scene.clock.now())
        #expect(category == expected)
        #expect(try await scene.store.categories.category(category.id) == expected)
        #expect(try await scene.store.categories.all() == [expected])
    }

    @Test(arguments: Backend.all)
    func categoriesComeByTheirSortOrderAndThenByName(_ backend: Backend) async throws {
        let categories = try await backend.makeStore().categories
        for (name, order) in [("b", 1), ("a", 1), ("Z", 1), ("c", 0), ("d", -1)] {
            try await categories.create(NewCategory(name: name, sortOrder: order))
        }

        #expect(try await categories.all().map(\.name) == ["d", "c", "Z", "a", "b"])
    }

    @Test(arguments: Backend.all)
    func aCategoryIsChanged(_ backend: Backend) async throws {
        let categories = try await backend.makeStore().categories
        let category = try await categories.create(NewCategory(name: "Tools", description: "d", icon: "i", sortOrder: 1))

        #expect(try await categories.update(category.id, CategoryPatch()) == category)
        let renamed = try await categories.update(category.id, CategoryPatch(name: " Instruments ", description: .set("D"), sortOrder: 7))
        let cleared = try await categories.update(category.id, CategoryPatch(description: .clear, icon: .clear))

        #expect(renamed?.name == "Instruments" && renamed?.description == "D" && renamed?.icon == "i" && renamed?.sortOrder == 7)
        #expect(cleared?.description == nil && cleared?.icon == nil && cleared?.name == "Instruments")
        #expect(try await categories.category(category.id) == cleared)
    }

    @Test(arguments: Backend.all)
    func aNameThatAnotherCategoryHasIsTaken(_ backend: Backend) async throws {
        let categories = try await backend.makeStore().categories
        let tools = try await categories.create(NewCategory(name: "Tools"))
        let games = try await categories.create(NewCategory(name: "Games"))
        let taken = DataError.alreadyExists(.category, "name", constraint: "mcpCategories_name_key")

        await expectError(taken) { try await categories.create(NewCategory(name: "Tools ")) }
        await expectError(taken) { try await categories.update(games.id, CategoryPatch(name: "Tools")) }

        #expect(try await categories.update(tools.id, CategoryPatch(name: "Tools")) == tools)
        #expect(try await categories.create(NewCategory(name: "tools")).name == "tools")
        #expect(try await categories.category(games.id) == games)
    }

    @Test(arguments: Backend.all)
    func entriesOfADeletedCategoryStay(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let category = try await scene.store.categories.create(NewCategory(name: "Tools"))
        let server = try await scene.addServer(.fixture(category: category.id))

        #expect(try await scene.store.categories.delete(category.id))
        #expect(try await scene.store.categories.delete(category.id) == false)

        var expected = server
        expected.categoryID = nil
        #expect(try await scene.store.catalog.server(server.id) == expected)
        #expect(try await scene.store.categories.all().isEmpty)
    }

    @Test(arguments: Backend.all)
    func onlyFeaturedEntriesOfEverybodyCount(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var categories: [McpCategory] = []
        for name in ["c", "b", "a"] { categories.append(try await scene.store.categories.create(NewCategory(name: name))) }
        for (index, isFeatured, team) in [(0, true, nil), (0, true, nil), (1, false, nil), (1, true, scene.team.id), (2, true, TeamID?.none)] {
            _ = try await scene.addServer(.fixture(ownerTeam: team, category: categories[index].id, isFeatured: isFeatured))
        }
        _ = try await scene.addServer(.fixture(isFeatured: true))

        let counts = try await scene.store.categories.withFeaturedCounts()

        #expect(
            counts == [FeaturedCategory(category: categories[2], featuredCount: 1), FeaturedCategory(category: categories[0], featuredCount: 2)])
    }

    @Test(arguments: Backend.all)
    func aFieldThatIsNotAcceptableIsNamed(_ backend: Backend) async throws {
        let categories = try await backend.makeStore().categories
        let category = try await categories.create(NewCategory(name: "Tools"))
        let (long, longer) = (String(repeating: "x", count: 101), String(repeating: "x", count: 2_049))
        let refused: [(String, NewCategory, CategoryPatch)] = [
            ("name", NewCategory(name: " "), CategoryPatch(name: " ")), ("name", NewCategory(name: long), CategoryPatch(name: long)),
            ("description", NewCategory(name: "a", description: "\0"), CategoryPatch(description: .set("\0"))),
            ("icon", NewCategory(name: "a", icon: ""), CategoryPatch(icon: .set(""))),
            ("icon", NewCategory(name: "a", icon: longer), CategoryPatch(icon: .set(longer))),
            ("sortOrder", NewCategory(name: "a", sortOrder: 2_147_483_648), CategoryPatch(sortOrder: -2_147_483_649)),
        ]

        for (field, new, patch) in refused {
            await expectInvalid(field) { try await categories.create(new) }
            await expectInvalid(field) { try await categories.update(category.id, patch) }
        }
        #expect(try await categories.all() == [category])
        for id: CategoryID in ["unknown", "", "\0"] {
            #expect(try await categories.category(id) == nil)
            #expect(try await categories.update(id, CategoryPatch(name: "x")) == nil)
            #expect(try await categories.delete(id) == false)
        }
    }
}
