(for_range_loop) @loop
(call_expression function: (qualified_identifier name: (identifier) @called))
(catch_clause) @handler
