(for_statement) @loop
(function_declaration name: (_) @name parameters: (_) @parameters) @function
(method_declaration name: (_) @name parameters: (_) @parameters) @function
(call_expression function: (identifier) @called)
(call_expression function: (selector_expression field: (_) @called))
(short_var_declaration left: (expression_list (identifier) @variable))
(var_spec name: (identifier) @variable)
[(int_literal) (float_literal)] @number
(source_file (var_declaration (var_spec name: (identifier) @shared)))
