// swift-tools-version: 6.1
import PackageDescription

let collections = "swift-collections"

let package = Package(
    name: "kadscope",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Kademlia", targets: ["Kademlia"]),
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
            ]),

        // Runs of the machines.
        .target(name: "Timeline", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts"]),
        .target(
            name: "Simulation",
            dependencies: [
                "Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline",
                .product(name: "HeapModule", package: collections),
            ]),
        .target(
            name: "Scenarios",
            dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts", "Timeline", "Simulation"]),

        .target(
            name: "TestSupport", dependencies: ["Kademlia", "Coordination", "Queries", "Broadcasts"], path: "Tests/TestSupport"),
        .testTarget(name: "KademliaTests", dependencies: ["Kademlia", "TestSupport"]),
        .testTarget(name: "CoordinationTests", dependencies: ["Coordination", "TestSupport"]),
        .testTarget(name: "QueriesTests", dependencies: ["Queries", "Kademlia", "Coordination", "TestSupport"]),
        .testTarget(
            name: "BroadcastsTests", dependencies: ["Broadcasts", "Queries", "Kademlia", "Coordination", "TestSupport"]),
        .testTarget(
            name: "ScenariosTests", dependencies: ["Scenarios", "Simulation", "Broadcasts", "Coordination", "Kademlia"],
            resources: [.copy("Vectors")]),
    ],
    swiftLanguageModes: [.v6]
)

// The same language settings for every target of ours.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
