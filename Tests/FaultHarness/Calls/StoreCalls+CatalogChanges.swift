import DeployStackData
import DeployStackDataTesting
import DeployStackModels

extension StoreCalls {
    static let catalogChanges = changes + changedTags + health + categories

    private static let update = "McpServerCatalog.update(_:_:by:)"
    private static let addTags = "McpServerCatalog.addTags(_:to:by:)"
    private static let removeTags = "McpServerCatalog.removeTags(_:from:by:)"
    private static let delete = "McpServerCatalog.delete(_:by:)"
    private static let setHealth = "McpServerCatalog.setHealth(_:_:error:at:)"

    private static let changes =
        [
            StoreCall(
                update,
                [
                    "name", "description", "longDescription", "readme", "version", "iconURL", "websiteURL", "repositoryURL", "gitBranch",
                    "gitCommitSHA",
                    "authorName", "license", "language", "runtime", "tags",
                ].map { "patch.\($0)" }
            ) { store, world, text in
                let field: (String) -> String = { text("patch.\($0)") }
                let patch = ServerPatch(
                    name: field("name"), description: .set(field("description")), longDescription: .set(field("longDescription")),
                    readme: .set(field("readme")),
                    version: .set(field("version")), iconURL: .set(field("iconURL")), websiteURL: .set(field("websiteURL")),
                    repositoryURL: .set(field("repositoryURL")), gitBranch: .set(field("gitBranch")), gitCommitSHA: .set(field("gitCommitSHA")),
                    authorName: .set(field("authorName")), license: .set(field("license")), language: field("language"), runtime: field("runtime"),
                    tags: [field("tags")])
                return AnswerText.of(try await store.catalog.update(world.changedServer, patch, by: .system))
            },
            StoreCall(
                update,
                ["metadata", "packages", "remotes"].map { "patch.\($0)" }
                    + tiers.flatMap { tier in fields.map { "patch.configuration.\(tier).\($0)" } }
            ) { store, world, text in
                let tier: (String) -> McpConfigurationSchemas.Tier = { tier in
                    let array: (String) -> JSONValue = { [text("patch.configuration.\(tier).\($0)").asMember($0)] }
                    return McpConfigurationSchemas.Tier(
                        args: array("args"), env: array("env"), headers: array("headers"), queryParams: array("queryParams"))
                }
                let patch = ServerPatch(
                    metadata: text("patch.metadata").asMember(text("patch.metadata")), packages: [.string(text("patch.packages"))],
                    remotes: ["url".asMember(text("patch.remotes"))],
                    configuration: McpConfigurationSchemas(template: tier("template"), team: tier("team"), user: tier("user")))
                return AnswerText.of(try await store.catalog.update(world.changedServer, patch, by: .system))
            },
            StoreCall(update, ["id"]) { store, _, text in
                AnswerText.of(try await store.catalog.update(McpServerID(text("id")), ServerPatch(), by: .system))
            },
            StoreCall(delete, ["id"]) { store, _, text in
                AnswerText.of(try await store.catalog.delete(McpServerID(text("id")), by: .system)?.server)
            },
        ]
        + ["transport", "status", "category"].map { field in
            StoreCall(update, ["patch.\(field)"]) { store, world, text in
                var patch = ServerPatch()
                let text = text("patch.\(field)")
                switch field {
                case "transport": patch.transport = McpTransport(rawValue: text)
                case "status": patch.status = McpServerStatus(rawValue: text)
                default: patch.category = .set(CategoryID(text))
                }
                return AnswerText.of(try await store.catalog.update(world.changedServer, patch, by: .system))
            }
        }
        + editors(of: update) { store, world, editor in
            AnswerText.of(try await store.catalog.update(world.changedServer, ServerPatch(name: "Edited"), by: editor))
        }
        + editors(of: delete) { store, _, editor in AnswerText.of(try await store.catalog.delete("unknown", by: editor)?.server) }

    private static let changedTags =
        [
            StoreCall(addTags, ["tags"]) { store, world, text in
                let added = try await store.catalog.addTags([text("tags")], to: world.changedServer, by: .system)
                _ = try await store.catalog.removeTags([text("tags")], from: world.changedServer, by: .system)
                return AnswerText.of(added)
            },
            StoreCall(removeTags, ["tags"]) { store, world, text in
                AnswerText.of(try await store.catalog.removeTags([text("tags")], from: world.changedServer, by: .system))
            },
            StoreCall(addTags, ["id"]) { store, _, text in
                AnswerText.of(try await store.catalog.addTags(["a"], to: McpServerID(text("id")), by: .system))
            },
            StoreCall(removeTags, ["id"]) { store, _, text in
                AnswerText.of(try await store.catalog.removeTags(["a"], from: McpServerID(text("id")), by: .system))
            },
        ]
        + editors(of: addTags) { store, world, editor in
            AnswerText.of(try await store.catalog.addTags(["a"], to: world.changedServer, by: editor))
        }
        + editors(of: removeTags) { store, world, editor in
            AnswerText.of(try await store.catalog.removeTags(["a"], from: world.changedServer, by: editor))
        }

    private static let health = [
        StoreCall(setHealth, ["error"]) { store, world, text in
            try await store.catalog.setHealth(world.changedServer, .offline, error: text("error"), at: world.clock.now())
            return try await store.catalog.server(world.changedServer)?.details?.healthCheckError ?? "nil"
        },
        StoreCall(setHealth, ["id"]) { store, world, text in
            "\(try await store.catalog.setHealth(McpServerID(text("id")), .online, error: nil, at: world.clock.now()))"
        },
        StoreCall(setHealth, ["health"]) { store, world, text in
            let health = McpServerHealth(rawValue: text("health"))
            return "\(try await store.catalog.setHealth(world.changedServer, health, error: nil, at: world.clock.now()))"
        },
        StoreCall("McpServerCatalog.server(officialName:)", ["officialName"]) { store, _, text in
            AnswerText.of(try await store.catalog.server(officialName: text("officialName")))
        },
    ]

    private static let categories = [
        StoreCall("CategoryRepository.create(_:)", ["name", "description", "icon"].map { "category.\($0)" }) { store, world, text in
            let new = NewCategory(
                name: "\(world.round) \(text("category.name"))", description: text("category.description"), icon: text("category.icon"))
            return AnswerText.of(try await store.categories.create(new))
        },
        StoreCall("CategoryRepository.create(_:)", ["category.name"]) { store, _, text in
            let category = try await store.categories.create(NewCategory(name: text("category.name")))
            _ = try await store.categories.delete(category.id)
            return AnswerText.of(category)
        },
        StoreCall("CategoryRepository.update(_:_:)", ["name", "description", "icon"].map { "patch.\($0)" }) { store, world, text in
            let category = try await store.categories.create(NewCategory(name: "category \(world.round)"))
            let patch = CategoryPatch(
                name: "\(world.round) \(text("patch.name"))", description: .set(text("patch.description")), icon: .set(text("patch.icon")))
            return AnswerText.of(try await store.categories.update(category.id, patch))
        },
        StoreCall("CategoryRepository.update(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.categories.update(CategoryID(text("id")), CategoryPatch()))
        },
        StoreCall("CategoryRepository.category(_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.categories.category(CategoryID(text("id"))))
        },
        StoreCall("CategoryRepository.delete(_:)", ["id"]) { store, _, text in "\(try await store.categories.delete(CategoryID(text("id"))))" },
    ]
}
