import TOMLFields
