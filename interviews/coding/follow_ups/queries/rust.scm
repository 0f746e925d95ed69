[(for_expression) (while_expression) (loop_expression)] @loop
(function_item name: (_) @name parameters: (_) @parameters) @function
(call_expression function: (identifier) @called)
(call_expression function: (field_expression field: (_) @called))
(call_expression
  function: (field_expression value: (identifier) @searched field: (_) @_search)
  (#any-of? @_search "contains"))
(let_declaration pattern: (identifier) @variable)
[(integer_literal) (float_literal)] @number
(static_item (mutable_specifier) name: (_) @shared)
