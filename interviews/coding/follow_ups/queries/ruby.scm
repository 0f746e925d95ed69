[(for) (while) (until)] @loop
(call
  method: (identifier) @_each block: (_) @loop
  (#any-of? @_each "each" "times" "map" "select" "reject" "upto" "downto" "each_with_index" "loop" "step" "sum" "any?"))
(method name: (_) @name parameters: (_)? @parameters) @function
(call method: (_) @called)
(call receiver: (identifier) @searched method: (_) @_search (#any-of? @_search "include?" "index" "find_index"))
(assignment left: (identifier) @variable)
[(integer) (float)] @number
(rescue) @handler
(assignment left: (global_variable) @shared)
