// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled with the same strictness: a warning is an error, existentials and imports are explicit, unsafe code is marked.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "deploystack-data",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DeployStackModels", targets: ["DeployStackModels"]),
        .library(name: "DeployStackData", targets: ["DeployStackData"]),
        .library(name: "DeployStackDataTesting", targets: ["DeployStackDataTesting"]),
        .executable(name: "deploystack-db", targets: ["deploystack-db"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/onevcat/Rainbow", from: "4.2.0"),
        .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "PostgresDriver",
            dependencies: [
                "CLibpq",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),
        .target(name: "TextSearch", swiftSettings: strict),
        .target(name: "DeployStackModels", swiftSettings: strict),
        .target(
            name: "DeployStackData",
            dependencies: [
                "DeployStackModels",
                "PostgresDriver",
                "TextSearch",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HashTreeCollections", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Migrations")],
            swiftSettings: strict
        ),
        .target(
            name: "EphemeralPostgres",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "DeployStackDataTesting",
            dependencies: [
                "DeployStackData", "DeployStackModels", "EphemeralPostgres", "PostgresDriver", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "deploystack-db",
            dependencies: [
                "DeployStackData",
                "DeployStackModels",
                "EphemeralPostgres",
                "PostgresDriver",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Rainbow", package: "Rainbow"),
                .product(name: "TextTable", package: "TextTable"),
            ],
            resources: [.embedInCode("Demo/SampleCatalog.json")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "UnitTests",
            dependencies: ["DeployStackData", "DeployStackModels", "EphemeralPostgres", "PostgresDriver", "TextSearch", "deploystack-db"],
            path: "Tests/Unit",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ContractTests",
            dependencies: ["DeployStackData", "DeployStackDataTesting", "DeployStackModels"],
            path: "Tests/Contract",
            swiftSettings: strict
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "DeployStackData", "DeployStackDataTesting", "DeployStackModels", "EphemeralPostgres", "PostgresDriver", "TextSearch",
            ],
            path: "Tests/Integration",
            exclude: ["Faults"],
            swiftSettings: strict
        ),
        // Clusters, a proxy and a scripted server that fail on purpose, and what is checked after each fault.
        .target(
            name: "FaultHarness",
            dependencies: [
                "DeployStackData", "DeployStackDataTesting", "DeployStackModels", "EphemeralPostgres", "PostgresDriver",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/FaultHarness",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "DeployStackData", "DeployStackDataTesting", "DeployStackModels", "EphemeralPostgres", "FaultHarness", "PostgresDriver",
            ],
            path: "Tests/Integration/Faults",
            swiftSettings: strict
        ),
    ]
)
