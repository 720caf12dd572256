// swift-tools-version: 6.1
import PackageDescription

let collections = "swift-collections"

let package = Package(
    name: "kadscope",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "kadscope", targets: ["kadscope"]),
        .library(name: "Kademlia", targets: ["Kademlia"]),
        .library(name: "Coordination", targets: ["Coordination"]),
        .library(name: "Queries", targets: ["Queries"]),
        .library(name: "Broadcasts", targets: ["Broadcasts"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // The machines: values without I/O.
        .target(name: "Kademlia"),
        .target(name: "Coordination"),
        .target(
            name: "Queries",
            dependencies: [
                "Kademlia", "Coordination",
                .product(name: "DequeModule", package: collections),
            ]),
        .target(
            name: "Broadcasts",
            dependencies: [
                "Kademlia", "Coordination", "Queries",
                .product(name: "HeapModule", package: collections),
            ],
            // Without it, a debug build of a program that imports nothing else lacks `sqrt` and `floor`.
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

        // Runs of the machines.
        .target(name: "Timeline", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts"]),
        .target(
            name: "Simulation",
            dependencies: [
                "Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline",
            ]),
        .target(name: "Museum", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation"]),
        .target(
            name: "Scenarios",
            dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation", "Museum", "TOMLFields"]),

        // What a person sees.
        .target(name: "TOMLFields", dependencies: ["TOMLKit"]),
        .target(name: "Canvas"),
        .target(name: "Theming", dependencies: ["Canvas", "TOMLFields"], plugins: ["EmbedThemes"]),
        .systemLibrary(name: "CNcurses"),
        .target(name: "CTerminalGuard"),
        .target(name: "Terminal", dependencies: ["Canvas", "CNcurses", "CTerminalGuard"]),
        .target(
            name: "Dashboard",
            dependencies: [
                "Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation", "Museum", "Scenarios", "Canvas", "Theming",
                "TOMLFields",
            ]),
        .executableTarget(
            name: "kadscope",
            dependencies: [
                "Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation", "Museum", "Scenarios", "Dashboard", "Canvas",
                "Theming",
                "Terminal", "TOMLFields",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Built while building: the files of Themes/ become Swift source.
        .executableTarget(name: "embed-themes", path: "Sources/embed-themes"),
        .plugin(name: "EmbedThemes", capability: .buildTool(), dependencies: ["embed-themes"], path: "Sources/EmbedThemes"),

        .target(
            name: "TestSupport", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts"], path: "Tests/TestSupport"),
        .testTarget(name: "KademliaTests", dependencies: ["Kademlia", "TestSupport"]),
        .testTarget(name: "CoordinationTests", dependencies: ["Coordination", "TestSupport"]),
        .testTarget(name: "QueriesTests", dependencies: ["Queries", "Kademlia", "Coordination", "TestSupport"]),
        .testTarget(
            name: "BroadcastsTests", dependencies: ["Broadcasts", "Queries", "Kademlia", "Coordination", "TestSupport"]),
        .testTarget(
            name: "TimelineTests", dependencies: ["Timeline", "Simulation", "Museum", "Broadcasts", "Queries", "Coordination", "Kademlia"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Simulation", "Timeline", "Queries", "Broadcasts", "Coordination", "Kademlia", "TestSupport"]),
        .testTarget(
            name: "MuseumTests",
            dependencies: ["Museum", "Simulation", "Timeline", "Broadcasts", "Queries", "Coordination", "Kademlia", "TestSupport"]),
        .testTarget(
            name: "ScenariosTests",
            dependencies: [
                "Scenarios", "Simulation", "Museum", "Timeline", "Broadcasts", "Queries", "Coordination", "Kademlia", "TOMLFields",
                "TestSupport",
            ],
            exclude: ["Exports", "Experiments/Pictures"], resources: [.copy("Vectors")]),
        .testTarget(name: "CanvasTests", dependencies: ["Canvas"]),
        .testTarget(name: "ThemingTests", dependencies: ["Theming", "Canvas", "TOMLFields", "CNcurses"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Canvas", "CNcurses", "Dashboard", "Scenarios", "Theming"]),
        .testTarget(name: "TOMLFieldsTests", dependencies: ["TOMLFields"]),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Dashboard", "Scenarios", "Simulation", "Museum", "Timeline", "Queries", "Broadcasts", "Coordination", "Kademlia", "Canvas",
                "Theming", "TOMLFields",
            ],
            exclude: ["Snapshots"]),
        .testTarget(name: "kadscopeTests", dependencies: ["kadscope", "Scenarios"]),

        // What another package could do with the libraries.
        .executableTarget(
            name: "own-network", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts"], path: "Tests/Examples/own-network"),
        .testTarget(name: "ExamplesTests", dependencies: ["own-network", "Kademlia"]),
    ],
    swiftLanguageModes: [.v6]
)

// Speed is measured only when asked for: KADSCOPE_BENCHMARKS=1 swift run -c release machine-benchmarks
if Context.environment["KADSCOPE_BENCHMARKS"] != nil {
    package.targets += [
        .target(name: "CAllocationCounter", path: "Tests/Benchmarks/CAllocationCounter"),
        .executableTarget(
            name: "machine-benchmarks",
            dependencies: [
                "Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation", "CAllocationCounter",
                .product(name: "DequeModule", package: collections),
            ],
            path: "Tests/Benchmarks/machine-benchmarks"),
        .executableTarget(
            name: "history-benchmark", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation"],
            path: "Tests/Benchmarks/history-benchmark"),
        .executableTarget(
            name: "screen-benchmark", dependencies: ["Dashboard", "Canvas", "Scenarios", "Theming"],
            path: "Tests/Benchmarks/screen-benchmark"),
    ]
}

// Arbitrary events, only when asked for: KADSCOPE_FUZZ=1 swift build -c release --product fuzz-pool
if Context.environment["KADSCOPE_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "fuzz-pool", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts", "CLibFuzzer"],
            path: "Tests/Fuzz/fuzz-pool", linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
}

// The same language settings for every target of ours.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}

// The fuzzer follows the machines' branches.
if Context.environment["KADSCOPE_FUZZ"] != nil {
    for target in package.targets where ["Kademlia", "Coordination", "Queries", "Broadcasts", "fuzz-pool"].contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer,address"]))
    }
}
