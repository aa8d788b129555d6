import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let satelliteRegistration = registrationTokens + serverVersions + registryServers

    private static let createToken = "RegistrationTokenRepository.create(_:)"
    private static let registerWithToken = "RegistrationTokenRepository.register(_:with:)"
    private static let add = "ServerVersionRepository.add(_:to:)"
    private static let setLatest = "ServerVersionRepository.setLatest(_:of:)"
    private static let upsert = "McpServerCatalog.upsertFromRegistry(_:)"

    private static let registrationTokens =
        ["type", "team", "createdBy", "permissions"].map { field in
            StoreCall(createToken, ["token.\(field)"]) { store, _, text in
                let text = text("token.\(field)")
                var new = NewSatelliteRegistrationToken()
                switch field {
                case "type": new.type = SatelliteType(rawValue: text)
                case "team": (new.type, new.team) = (.team, TeamID(text))
                case "createdBy": new.createdBy = UserID(text)
                default: new.permissions = [text]
                }
                return AnswerText.of(try await store.registrationTokens.create(new).record)
            }
        }
        + [
            StoreCall(registerWithToken, ["capabilities", "systemInfo", "url", "region"].map { "satellite.\($0)" }) { store, world, text in
                let issued = try await store.registrationTokens.create(NewSatelliteRegistrationToken())
                let new = NewSatellite(
                    name: "registered-\(world.round)", capabilities: [text("satellite.capabilities")],
                    systemInfo: text("satellite.systemInfo").asMember("systemInfo"), url: text("satellite.url"), region: text("satellite.region"))
                return AnswerText.of(try await store.registrationTokens.register(new, with: issued.token.reveal()).satellite)
            },
            StoreCall(registerWithToken, ["token"]) { store, world, text in
                let new = NewSatellite(name: "registered-\(world.round)")
                return AnswerText.of(try await store.registrationTokens.register(new, with: text("token")).satellite)
            },
            StoreCall(registerWithToken, ["token"]) { store, world, text in
                // One of the length and with the beginning that a token has, so that it is looked up.
                let prefix = "deploystack_satellite_global_"
                let bytes = Array((prefix + text("token") + String(repeating: "x", count: 43)).utf8.prefix(prefix.utf8.count + 43))
                let new = NewSatellite(name: "registered-\(world.round)")
                return AnswerText.of(try await store.registrationTokens.register(new, with: String(decoding: bytes, as: UTF8.self)).satellite)
            },
            StoreCall("RegistrationTokenRepository.list(team:page:)", ["team"]) { store, _, text in
                "\(try await store.registrationTokens.list(team: TeamID(text("team")), page: .first).total)"
            },
            StoreCall("RegistrationTokenRepository.revoke(_:)", ["id"]) { store, _, text in
                "\(try await store.registrationTokens.revoke(SatelliteRegistrationTokenID(text("id"))))"
            },
        ]
        + ["name", "type", "team", "createdBy"].map { field in
            StoreCall(registerWithToken, ["satellite.\(field)"]) { store, world, text in
                let issued = try await store.registrationTokens.create(NewSatelliteRegistrationToken())
                let text = text("satellite.\(field)")
                var new = NewSatellite(name: "registered-\(world.round)")
                switch field {
                case "name": new.name = text
                case "type": new.type = SatelliteType(rawValue: text)
                case "team": (new.type, new.team) = (.team, TeamID(text))
                default: new.createdBy = UserID(text)
                }
                return AnswerText.of(try await store.registrationTokens.register(new, with: issued.token.reveal()).satellite)
            }
        }

    private static let serverVersions = [
        StoreCall(add, ["version", "gitCommit", "changelog"].map { "version.\($0)" }) { store, world, text in
            let new = NewServerVersion(text("version.version"), gitCommit: text("version.gitCommit"), changelog: text("version.changelog"))
            return AnswerText.of(try await store.serverVersions.add(new, to: world.changedServer))
        },
        StoreCall(add, ["server"]) { store, _, text in
            AnswerText.of(try await store.serverVersions.add(NewServerVersion("1"), to: McpServerID(text("server"))))
        },
        StoreCall("ServerVersionRepository.list(_:)", ["server"]) { store, _, text in
            "\(try await store.serverVersions.list(McpServerID(text("server"))).count)"
        },
        StoreCall(setLatest, ["id"]) { store, world, text in
            "\(try await store.serverVersions.setLatest(McpServerVersionID(text("id")), of: world.changedServer) == nil)"
        },
        StoreCall(setLatest, ["server"]) { store, _, text in
            "\(try await store.serverVersions.setLatest("unknown", of: McpServerID(text("server"))) == nil)"
        },
    ]

    private static let registryServers =
        [
            StoreCall(
                upsert,
                ["versionID", "title", "description", "version", "repositoryURL", "readme", "websiteURL", "iconURL", "packages", "remotes"].map {
                    "servers.\($0)"
                }
            ) { store, world, text in
                let field: (String) -> String = { text("servers.\($0)") }
                let server = RegistryServer(
                    registryID: "registry \(world.round)", versionID: field("versionID"), officialName: "org.example/\(world.round)",
                    title: field("title"), description: field("description"), version: field("version"), repositoryURL: field("repositoryURL"),
                    readme: field("readme"), websiteURL: field("websiteURL"), iconURL: field("iconURL"), packages: [.string(field("packages"))],
                    remotes: [.string(field("remotes"))])
                let report = try await store.catalog.upsertFromRegistry([server])
                let stored = try await store.catalog.server(officialName: "org.example/\(world.round)")
                return AnswerText.joined([AnswerText.of(report), AnswerText.of(stored)])
            },
            StoreCall(upsert, ["servers.registryID", "servers.officialName"]) { store, world, text in
                let server = RegistryServer(
                    registryID: "\(world.round) \(text("servers.registryID"))", officialName: "\(world.round) \(text("servers.officialName"))")
                return AnswerText.of(try await store.catalog.upsertFromRegistry([server]))
            },
            StoreCall(upsert, ["servers.transport"]) { store, world, text in
                let transport = McpTransport(rawValue: text("servers.transport"))
                let server = RegistryServer(registryID: "moved \(world.round)", officialName: "moved", transport: transport)
                return AnswerText.of(try await store.catalog.upsertFromRegistry([server]))
            },
        ]
}
