import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let satellites = registration + satelliteLookUps + heartbeats + administration + giving + polling

    private static let register = "SatelliteRepository.register(_:)"
    private static let listSatellites = "SatelliteRepository.list(type:team:status:page:)"
    private static let recordHeartbeat = "SatelliteRepository.recordHeartbeat(_:of:)"
    private static let report = "SatelliteCommandQueue.report(_:of:_:result:error:)"

    private static let registration =
        [
            StoreCall(register, ["capabilities", "systemInfo", "url", "region"].map { "satellite.\($0)" }) { store, world, text in
                let new = NewSatellite(
                    name: "satellite-\(world.round)", capabilities: [text("satellite.capabilities")],
                    systemInfo: text("satellite.systemInfo").asObject, url: text("satellite.url"), region: text("satellite.region"))
                return AnswerText.of(try await store.satellites.register(new).satellite)
            }
        ]
        + ["name", "type", "team", "createdBy"].map { field in
            StoreCall(register, ["satellite.\(field)"]) { store, world, text in
                let text = text("satellite.\(field)")
                var new = NewSatellite(name: "satellite-\(world.round)")
                switch field {
                case "name": new.name = text
                case "type": new.type = SatelliteType(rawValue: text)
                case "team": (new.type, new.team) = (.team, TeamID(text))
                default: new.createdBy = UserID(text)
                }
                return AnswerText.of(try await store.satellites.register(new).satellite)
            }
        }

    private static let satelliteLookUps =
        [
            StoreCall("SatelliteRepository.authenticate(_:)", ["apiKey"]) { store, _, text in
                AnswerText.of(try await store.satellites.authenticate(text("apiKey")))
            },
            StoreCall("SatelliteRepository.authenticate(_:)", ["apiKey"]) { store, _, text in
                // One of the length and with the beginning that a key has, so that it is looked up.
                let prefix = "deploystack_satellite_api_team_"
                let bytes = Array((prefix + text("apiKey") + String(repeating: "x", count: 32)).utf8.prefix(prefix.utf8.count + 32))
                return AnswerText.of(try await store.satellites.authenticate(String(decoding: bytes, as: UTF8.self)))
            },
            StoreCall("SatelliteRepository.satellite(_:)", ["id"]) { store, _, text in
                AnswerText.of(try await store.satellites.satellite(SatelliteID(text("id"))))
            },
        ]
        + ["type", "team", "status"].map { field in
            StoreCall(listSatellites, [field]) { store, _, text in
                let text = text(field)
                let page = try await store.satellites.list(
                    type: field == "type" ? SatelliteType(rawValue: text) : nil, team: field == "team" ? TeamID(text) : nil,
                    status: field == "status" ? SatelliteStatus(rawValue: text) : nil, page: Page(limit: 3))
                return AnswerText.joined(["\(page.total)"] + page.items.map { AnswerText.of($0) })
            }
        }

    private static let heartbeats =
        [
            StoreCall(recordHeartbeat, ["systemMetrics", "version", "url", "mcpStatus"].map { "heartbeat.\($0)" }) { store, world, text in
                let heartbeat = NewSatelliteHeartbeat(
                    systemMetrics: text("heartbeat.systemMetrics").asObject, version: text("heartbeat.version"), url: text("heartbeat.url"),
                    mcpStatus: text("heartbeat.mcpStatus").asObject)
                try await store.satellites.recordHeartbeat(heartbeat, of: world.satellite)
                let newest = try await store.satellites.heartbeats(of: world.satellite, page: Page(limit: 1))
                return AnswerText.joined([
                    AnswerText.of(try await store.satellites.satellite(world.satellite)), newest.items.first?.version,
                    newest.items.first?.systemMetrics.text,
                ])
            },
            StoreCall("SatelliteRepository.heartbeats(of:page:)", ["satellite"]) { store, _, text in
                "\(try await store.satellites.heartbeats(of: SatelliteID(text("satellite")), page: .first).total)"
            },
        ]
        + ["heartbeat.health", "satellite"].map { field in
            StoreCall(recordHeartbeat, [field]) { store, world, text in
                let text = text(field)
                let isHealth = field == "heartbeat.health"
                let heartbeat = NewSatelliteHeartbeat(health: isHealth ? SatelliteHealth(rawValue: text) : .active)
                return "\(try await store.satellites.recordHeartbeat(heartbeat, of: isHealth ? world.satellite : SatelliteID(text)))"
            }
        }

    private static let administration = [
        StoreCall("SatelliteRepository.setStatus(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.satellites.setStatus(SatelliteID(text("id")), .error))
        },
        StoreCall("SatelliteRepository.setStatus(_:_:)", ["status"]) { store, world, text in
            AnswerText.of(try await store.satellites.setStatus(world.satellite, SatelliteStatus(rawValue: text("status"))))
        },
        StoreCall("SatelliteRepository.updateConfig(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.satellites.updateConfig(SatelliteID(text("id")), [:]))
        },
        StoreCall("SatelliteRepository.updateConfig(_:_:)", ["config"]) { store, world, text in
            AnswerText.of(try await store.satellites.updateConfig(world.satellite, text("config").asObject))
        },
        StoreCall("SatelliteRepository.delete(_:)", ["id"]) { store, _, text in "\(try await store.satellites.delete(SatelliteID(text("id"))))" },
    ]

    private static let giving =
        commands(of: "SatelliteCommandQueue.enqueue(_:for:)") { store, world, command in
            [try await store.satelliteCommands.enqueue(command, for: world.satellite)].compactMap { $0 }
        }
        + commands(of: "SatelliteCommandQueue.enqueueForAllGlobal(_:)") { store, _, command in
            try await store.satelliteCommands.enqueueForAllGlobal(command)
        }
        + commands(of: "SatelliteCommandQueue.enqueueForTeam(_:team:)") { store, world, command in
            try await store.satelliteCommands.enqueueForTeam(command, team: world.team)
        }
        + [
            StoreCall("SatelliteCommandQueue.enqueue(_:for:)", ["satellite"]) { store, _, text in
                "\(try await store.satelliteCommands.enqueue(NewSatelliteCommand(.configure), for: SatelliteID(text("satellite"))) == nil)"
            },
            StoreCall("SatelliteCommandQueue.enqueueForTeam(_:team:)", ["team"]) { store, _, text in
                "\(try await store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.configure), team: TeamID(text("team"))).count)"
            },
        ]

    private static let polling =
        [
            StoreCall("SatelliteCommandQueue.command(_:)", ["id"]) { store, _, text in
                "\(try await store.satelliteCommands.command(SatelliteCommandID(text("id"))) == nil)"
            },
            StoreCall("SatelliteCommandQueue.commands(correlationID:)", ["correlationID"]) { store, _, text in
                let commands = try await store.satelliteCommands.commands(correlationID: text("correlationID"))
                return AnswerText.joined(commands.map { AnswerText.of($0) })
            },
            StoreCall("SatelliteCommandQueue.poll(_:limit:)", ["satellite"]) { store, _, text in
                "\(try await store.satelliteCommands.poll(SatelliteID(text("satellite")), limit: 1).commands.count)"
            },
            StoreCall(report, ["result", "error"]) { store, world, text in
                guard let command = try await store.satelliteCommands.enqueue(NewSatelliteCommand(.spawn, priority: .immediate), for: world.satellite)
                else { return "inactive" }
                _ = try await store.satelliteCommands.poll(world.satellite, limit: 50)
                try await store.satelliteCommands.report(
                    command.id, of: world.satellite, .completed, result: text("result").asObject, error: text("error"))
                return try await store.satelliteCommands.command(command.id).map { AnswerText.of($0) } ?? "nil"
            },
        ]
        + ["id", "satellite", "status"].map { field in
            StoreCall(report, [field]) { store, world, text in
                let text = text(field)
                let isReported = try await store.satelliteCommands.report(
                    field == "id" ? SatelliteCommandID(text) : "unknown", of: field == "satellite" ? SatelliteID(text) : world.satellite,
                    field == "status" ? SatelliteCommandStatus(rawValue: text) : .completed, result: nil, error: nil)
                return "\(isReported)"
            }
        }

    /// Calls whose command comes from outside.
    private static func commands(
        of method: String, _ body: @escaping @Sendable (DataStore, StoreWorld, NewSatelliteCommand) async throws -> [SatelliteCommand]
    ) -> [StoreCall] {
        [
            StoreCall(method, ["command.payload", "command.correlationID"]) { store, world, text in
                let command = NewSatelliteCommand(
                    .configure, payload: text("command.payload").asObject, correlationID: text("command.correlationID"))
                return AnswerText.joined(try await body(store, world, command).map { AnswerText.of($0) })
            }
        ]
            + ["type", "targetTeam", "createdBy"].map { field in
                StoreCall(method, ["command.\(field)"]) { store, world, text in
                    let text = text("command.\(field)")
                    var command = NewSatelliteCommand(.configure)
                    switch field {
                    case "type": command.type = SatelliteCommandType(rawValue: text)
                    case "targetTeam": command.targetTeam = TeamID(text)
                    default: command.createdBy = UserID(text)
                    }
                    return AnswerText.joined(try await body(store, world, command).map { AnswerText.of($0) })
                }
            }
    }
}

extension String {
    /// An object with this text as its one key and value.
    fileprivate var asObject: JSONValue { .object(JSONObject([(self, .string(self))])) }
}
