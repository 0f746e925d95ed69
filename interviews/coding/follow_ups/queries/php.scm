[(for_statement) (foreach_statement) (while_statement) (do_statement)] @loop
(function_definition name: (_) @name parameters: (_) @parameters) @function
(method_declaration name: (_) @name parameters: (_) @parameters) @function
(function_call_expression function: (name) @called)
(member_call_expression name: (_) @called)
(function_call_expression
  function: (name) @_search arguments: (arguments (_) (argument (variable_name) @searched))
  (#any-of? @_search "in_array" "array_search"))
(assignment_expression left: (variable_name) @variable)
[(integer) (float)] @number
(catch_clause) @handler
(global_declaration (variable_name) @shared)
