// swift-tools-version: 6.2
import PackageDescription

/// As strict as the library itself.
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
    name: "deploystack-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "deploystack-data", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        // A module of its own, so that the baseline shares nothing with the driver that it is held against.
        .systemLibrary(name: "RawLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(name: "AllocationCounter"),
        .executableTarget(
            name: "DeployStackBenchmarks",
            dependencies: [
                "AllocationCounter",
                "RawLibpq",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "DeployStackData", package: "deploystack-data"),
                .product(name: "DeployStackModels", package: "deploystack-data"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "DeployStackBenchmarksTests", dependencies: ["DeployStackBenchmarks"], swiftSettings: strict),
    ]
)
