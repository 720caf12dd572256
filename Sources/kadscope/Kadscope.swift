@main struct Kadscope { static func main() {} }
